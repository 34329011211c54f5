import Catalog

/// The script for zsh.
enum ZshCompletion {
  static var script: String {
    let verbs = Verb.all.map { "    \(quoted("\($0.name):\(escaped($0.summary))"))" }
    let arms = Verb.all.map { verb in
      let specs = verb.allOptions.map(spec) + operands(of: verb)
      return "    \(verb.name))\n      _arguments -s \\\n        "
        + specs.joined(separator: " \\\n        ") + " ;;"
    }
    return """
      #compdef acsync
      # zsh completion for acsync, made by: acsync completions zsh

      _acsync_streams() {
        local -a names
        names=(\(StreamDefinition.all.map(\.id.name).joined(separator: " ")))
        names+=("${(@f)$(acsync completions tags 2>/dev/null | sed 's/^/tag\\\\:/')}")
        _values -s , stream $names
      }

      _acsync_accounts() {
        local -a names
        names=("${(@f)$(acsync completions accounts 2>/dev/null)}")
        _values -s , account $names
      }

      _acsync() {
        local -a verbs
        verbs=(
      \(verbs.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe verb verbs
          return
        fi
        shift words
        (( CURRENT-- ))
        case $words[1] in
      \(arms.joined(separator: "\n"))
        esac
      }

      if [ "$funcstack[1]" = "_acsync" ]; then _acsync "$@"; else compdef _acsync acsync; fi
      """
  }

  private static func spec(_ option: Option) -> String {
    let names = Verb.spellings(of: option)
    let about = "[\(escaped(option.summary))]"
    let all =
      option.isRepeatable ? "'*'" : names.count > 1 ? "'(\(names.joined(separator: " ")))'" : ""
    let head = names.count > 1 ? "{\(names.reversed().joined(separator: ","))}" : names[0]
    guard let values = CompletionValues(of: option), let placeholder = option.value else {
      return all + head + quoted(about)
    }
    let message = escaped(placeholder)
    if option.isValueOptional { return all + head + quoted("=-\(about)::\(message):") }
    return all + head
      + (names.count > 1
        ? quoted(about + ":\(message):" + action(values))
        : quoted("=\(about):\(message):" + action(values)))
  }

  private static func operands(of verb: Verb) -> [String] {
    guard let values = CompletionValues(operandsOf: verb) else { return [] }
    switch values {
    case .words where verb.takesFileAtLast:
      return [quoted("1:what:" + action(values)), quoted("2:file:_files")]
    case .words: return [quoted("1:what:" + action(values))]
    case .streams:
      let names = StreamDefinition.all.map(\.id.name).joined(separator: " ")
      return [quoted("*:stream:(\(names))")]
    case .files: return [quoted("1:file:_files")]
    case .accounts, .anything: return []
    }
  }

  private static func action(_ values: CompletionValues) -> String {
    switch values {
    case .anything: ""
    case .files: "_files"
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .streams: "_acsync_streams"
    case .accounts: "_acsync_accounts"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

/// The script for fish.
enum FishCompletion {
  static var script: String {
    var lines = [
      "# fish completion for acsync, made by: acsync completions fish", "complete -c acsync -f",
      """
      function __acsync_streams
        set -l done (commandline -ct | string replace -r '[^,]*$' '' | string replace -r '^--[^=]*=' '')
        printf "$done%s\\n" \(StreamDefinition.all.map(\.id.name).joined(separator: " "))
        acsync completions tags 2>/dev/null | sed "s/^/$done""tag:/"
      end
      """,
    ]
    for verb in Verb.all {
      lines.append(
        "complete -c acsync -n __fish_use_subcommand -a \(verb.name) -d \(quoted(verb.summary))")
    }
    for verb in Verb.all {
      let head = "complete -c acsync -n '__fish_seen_subcommand_from \(verb.name)'"
      lines += verb.allOptions.map { head + " " + words(for: $0) }
      if let operands = operands(of: verb) { lines.append(head + operands) }
    }
    return lines.joined(separator: "\n")
  }

  private static func words(for option: Option) -> String {
    let names = "-l \(option.name)" + (option.short.map { " -s \($0)" } ?? "")
    let about = " -d \(quoted(option.summary))"
    guard let values = CompletionValues(of: option), !option.isValueOptional else {
      return names + about
    }
    return names + (values == .files ? " -r" : " -x") + arguments(values) + about
  }

  private static func operands(of verb: Verb) -> String? {
    guard let values = CompletionValues(operandsOf: verb) else { return nil }
    switch values {
    case .anything: return nil
    case .files: return " -F"
    case .streams:
      return " -a \(quoted(StreamDefinition.all.map(\.id.name).joined(separator: " ")))"
    default: return arguments(values) + (verb.takesFileAtLast ? " -F" : "")
    }
  }

  private static func arguments(_ values: CompletionValues) -> String {
    switch values {
    case .anything: ""
    case .files: " -F"
    case .words(let words): " -a \(quoted(words.joined(separator: " ")))"
    case .streams: " -a '(__acsync_streams)'"
    case .accounts: " -a '(acsync completions accounts 2>/dev/null)'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
