/// What names and texts are made of; none of it belongs to anyone.
enum Words {
  static let firstNames = [
    "Ada", "Amir", "Ana", "Björn", "Carla", "Chen", "Chloé", "Daniel", "Diego", "Elena", "Emma",
    "Fatima", "Felix", "Gabriel", "Grace", "Hana", "Ibrahim", "Ines", "Jakub", "James", "Jürgen",
    "Kofi", "Lars", "Laura", "Leila", "Liam", "Lucía", "Magda", "Marco", "María", "Mei", "Mia",
    "Nadia", "Noah", "Olga", "Omar", "Paula", "Pedro", "Priya", "Ravi", "Rosa", "Samuel", "Sara",
    "Søren", "Sofia", "Tariq", "Tomás", "Uma", "Viktor", "Wei", "Yara", "Yuki", "Zoë",
  ]

  static let lastNames = [
    "Almeida", "Andersson", "Bauer", "Bianchi", "Castro", "Chowdhury", "Dubois", "Eriksen",
    "Fernández", "Fischer", "García", "Haddad", "Hansen", "Hughes", "Ito", "Jansen", "Kaya",
    "Kim", "Kowalski", "Lefèvre", "Li", "López", "Martin", "Mbeki", "Moreau", "Müller", "Nguyen",
    "Novák", "O'Connor", "Okafor", "Olsen", "Patel", "Pereira", "Popescu", "Rossi", "Santos",
    "Schmidt", "Silva", "Singh", "Smith", "Sokolov", "Suzuki", "Taylor", "Usman", "van Dijk",
    "Walker", "Wang", "Weber", "Yılmaz", "Zhang",
  ]

  /// Names that people do type, and that break readers: quotes, backslashes, tabs, line breaks,
  /// right-to-left script, characters outside the basic plane, and none at all.
  static let oddNames = [
    "Jo \"Jojo\"", "C:\\Users\\me", "Tab\tTabson", "Line\nBreak", "محمد", "שירה", "李小龍", "🎉 Party",
    "👩‍👩‍👧 Family", "<b>Bold</b>", "Robert'); DROP TABLE contacts;--", "a/b", "Zalgo\u{0301}\u{0302}",
    "%FIRSTNAME%", "  spaced  ", "NULL", "",
  ]

  static let companies = [
    "Acorn Analytics", "Birch & Sons", "Blue Harbour", "Cedar Labs", "Copper Kettle",
    "Delta Dental",
    "Elm Street Books", "Fjord Travel", "Golden Oak", "Granite Works", "Harbor Health",
    "Ivory Interiors", "Juniper Juice", "Kite Logistics", "Lantern Media", "Maple Motors",
    "Northwind Trading", "Orchid Optics", "Pebble Pay", "Quartz Software", "River Roasters",
    "Sage Consulting", "Tundra Tools", "Umbra Lighting", "Velvet Events", "Willow Wellness",
  ]

  static let domains = [
    "example.com", "example.net", "example.org", "mail.example.com", "shop.example.net",
  ]

  static let cities = [
    "Berlin", "Bogotá", "Chicago", "Kraków", "Lagos", "Lisbon", "London", "Lyon", "Milan",
    "Mumbai", "Oslo", "Porto", "São Paulo", "Springfield", "Toronto", "Zürich",
  ]

  static let topics = [
    "pricing", "onboarding", "renewal", "webinar", "trial", "invoice", "roadmap", "support",
    "demo", "newsletter", "referral", "upgrade", "feedback", "delivery", "training", "contract",
  ]

  static let sentences = [
    "Asked for a call next week.", "Wants the annual plan.", "Left a voicemail.",
    "Budget approved, waiting for legal.", "Prefers e-mail over phone.", "Met at the fair.",
    "Said \"maybe in autumn\".", "Path: C:\\offers\\2024\\final.pdf", "First line\nSecond line",
    "Column A\tColumn B", "Très intéressé 👍", "رائع جدا", "See https://example.com/a?b=c&d=e",
    "Follow up\r\nafter the holidays.", "Señor Peña – ✅ signed",
  ]

  static let seasons = ["Spring", "Summer", "Autumn", "Winter", "Black Friday", "New Year"]

  static let stages = [
    "To Contact", "In Contact", "Follow Up", "Proposal Sent", "Negotiation", "Verbal Yes",
    "Contract", "Onboarding",
  ]

  static let pipelines = [
    "New business", "Renewals", "Partnerships", "Upsell", "Enterprise", "Self service",
    "Winback", "Events",
  ]

  static let jobs = ["CEO", "Buyer", "Developer", "Señor Developer", "Head of Sales", "Assistant"]
}
