extension Generator {
  func campaign(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let kind = Kind(index, contacts: size.contacts, &random)
    let sent = life.created + 86400
    let isSent = kind.status == 5 && sent < life.now
    return campaignIdentity(id, index, kind, &random)
      + campaignTimes(life, sent: isSent ? sent : nil, &random)
      + campaignCounters(kind, isSent: isSent, &random) + campaignDelivery(kind)
      + campaignTracking(index) + campaignSplit(index, kind) + campaignReminder(index)
      + campaignSchedule(index, life, kind, &random) + campaignDesign(id, index, life, &random)
  }

  /// What kind of mailing it is, which much else follows.
  private struct Kind {
    let isAutomated: Bool
    let status: Int
    let recipients: Int
    let userID: Int

    init(_ index: Int, contacts: Int, _ random: inout Random) {
      isAutomated = index % 4 == 3
      status = isAutomated ? 1 : index % 11 == 10 ? 0 : 5
      recipients = status == 0 ? 0 : random.below(max(10, contacts)) + 5
      userID = index
    }
  }

  private func campaignIdentity(_ id: Int, _ index: Int, _ kind: Kind, _ random: inout Random)
    -> Fields
  {
    let season = random.pick(Words.seasons)
    let topic = random.pick(Words.topics)
    return [
      "type": kind.isAutomated ? "responder" : index % 7 == 6 ? "split" : "single",
      "userid": .count(self.id("users", kind.userID)),
      "segmentid": index % 3 == 0 ? ref("segments", index) : "0", "bounceid": "-1", "realcid": "0",
      "sendid": .count(900_000 + id), "threadid": "0",
      "seriesid": .count(kind.isAutomated ? self.id("automations", index) : 0),
      "formid": .count(index % 13 == 12 ? self.id("forms", index) : 0), "basetemplateid": "0",
      "basemessageid": ref("messages", firstMessage(of: index)),
      "addressid": ref("addresses", index),
      "source": .text(index % 2 == 0 ? "copy" : "new"),
      "name": .text(index % 19 == 18 ? "🔥 \(season) / \"\(topic)\"" : "\(season) \(topic) #\(id)"),
    ]
  }

  /// Counters move after the last edit, so the touch is later than `mdate`.
  private func campaignTimes(_ life: Life, sent: Int?, _ random: inout Random) -> Fields {
    let edited = life.created + random.below(3600)
    let counted = sent.map { min(life.now, $0 + 3 * 86400) } ?? min(life.now, edited)
    return [
      "cdate": .text(CentralTime.iso(life.created)),
      "mdate": .text(CentralTime.iso(min(life.now, edited))),
      "sdate": .optional(sent.map(CentralTime.iso)),
      "ldate": .optional(sent.map { CentralTime.iso(min(life.now, $0 + 220)) }),
      "created_timestamp": .text(CentralTime.wall(life.created - 9 * 86400)),
      "updated_timestamp": .text(CentralTime.wall(counted)),
    ]
  }

  private func campaignCounters(_ kind: Kind, isSent: Bool, _ random: inout Random) -> Fields {
    let total = isSent || kind.isAutomated ? kind.recipients : 0
    let readers = total * random.within(15...55) / 100
    let clickers = readers * random.within(1...20) / 100
    let left = total * random.below(20) / 2000
    return [
      "send_amt": .count(total), "total_amt": .count(total),
      "opens": .count(readers * 16 / 10), "uniqueopens": .count(readers),
      "linkclicks": .count(clickers * 14 / 10), "uniquelinkclicks": .count(clickers),
      "subscriberclicks": .count(clickers), "forwards": .count(clickers / 50),
      "uniqueforwards": .count(clickers / 60), "hardbounces": .count(total / 900),
      "softbounces": .count(total / 300), "unsubscribes": .count(left),
      "unsubreasons": .count(left / 3), "updates": "0", "socialshares": .count(clickers / 80),
      "replies": .count(clickers / 25), "uniquereplies": .count(clickers / 25),
      "verified_opens": .count(readers * 13 / 10),
      "verified_unique_opens": .count(readers * 8 / 10),
    ]
  }

  private func campaignDelivery(_ kind: Kind) -> Fields {
    [
      "status": .count(kind.status), "public": "1",
      "mail_transfer": .count(kind.status == 5 ? 10 : 0),
      "mail_send": "0", "mail_cleanup": .flag(kind.status == 5), "mailer_log_file": "0",
    ]
  }

  private func campaignTracking(_ index: Int) -> Fields {
    [
      "tracklinks": "all", "tracklinksanalytics": "1", "trackreads": "1",
      "trackreadsanalytics": "1",
      "analytics_campaign_name": .text(index % 3 == 0 ? "" : "mailing-\(index)"), "tweet": "0",
      "facebook": "0", "survey": "", "embed_images": "0", "htmlunsub": .flag(index % 2 == 0),
      "textunsub": .flag(index % 2 == 0),
      "htmlunsubdata": index % 5 == 0 ? nil : "<a href=\"%UNSUBSCRIBELINK%\">Leave</a>",
      "textunsubdata": index % 5 == 0 ? nil : "Leave: %UNSUBSCRIBELINK%",
    ]
  }

  private func campaignSplit(_ index: Int, _ kind: Kind) -> Fields {
    [
      "recurring": "day1", "willrecur": "0", "split_type": "even",
      "split_content": .flag(index % 7 == 6), "split_offset": "2", "split_offset_type": "day",
      "split_winner_messageid": "0", "split_winner_awaiting": "0", "responder_offset": "0",
      "responder_type": "subscribe", "responder_existing": "0",
    ]
  }

  private func campaignReminder(_ index: Int) -> Fields {
    [
      "reminder_field": "sdate", "reminder_format": index % 6 == 5 ? nil : "yyyy-mm-dd",
      "reminder_type": "month_day", "reminder_offset": "0", "reminder_offset_type": "day",
      "reminder_offset_sign": "+",
      "reminder_last_cron_run": index % 8 == 7 ? .text(CentralTime.iso(now - 86400)) : nil,
      "activerss_interval": "day1",
      "activerss_url": index % 6 == 5
        ? nil : .text(index % 6 == 4 ? "https://example.com/rss" : ""),
      "activerss_items": "10",
    ]
  }

  private func campaignSchedule(_ index: Int, _ life: Life, _ kind: Kind, _ random: inout Random)
    -> Fields
  {
    [
      "ip4": .count(index % 2 == 0 ? 2_978_024_262 : 0), "laststep": "designer",
      "managetext": "0", "schedule": .flag(kind.status != 0),
      "scheduleddate": kind.status == 5 && index % 3 == 1
        ? .text(CentralTime.iso(life.created + 86400)) : nil,
      "waitpreview": "0",
      "deletestamp": index % 50 == 8 ? .text(CentralTime.wall(life.moment(&random))) : nil,
      "replysys": "1", "user": .count(self.id("users", kind.userID)),
      "automation": kind.isAutomated ? .count(self.id("automations", index)) : nil,
      "created_by": "0", "updated_by": .count(index % 2), "ip": "0",
      "series_send_lock_time": index % 5 == 4
        ? .text(CentralTime.wall(life.created)) : "0000-00-00 00:00:00",
      "can_skip_approval": "0", "use_quartz_scheduler": "1", "predictive_send": "0",
      "repair_timestamp": .text(CentralTime.wall(life.created)),
      "has_outdated_translations": index % 9 == 1 ? "0" : nil, "moderation_status": "0",
    ]
  }

  private func campaignDesign(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random)
    -> Fields
  {
    [
      // JSON inside a text.
      "additional_data": .text("{\"copiedFrom\":\(max(0, id - 1)),\"summaryEventSent\":true}"),
      "segmentname": .text(index % 3 == 0 ? "Readers/\(index)" : ""),
      "has_predictive_content": "0", "message_id": ref("messages", firstMessage(of: index)),
      "screenshot": .text("//example.com/_screenshot_/\(random.hex(8)).jpg"),
      "campaign_message_id": ref("campaignMessages", firstMessage(of: index)), "ed_version": "2",
      "format": "mime",
      "id": .count(id),
    ]
  }
}
