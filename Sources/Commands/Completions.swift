import Catalog
import Configuration

extension Verb {
  static let completions = Verb(
    "completions", "what a shell needs to complete command lines of acsync",
    operands: "bash|zsh|fish",
    details: """
      Prints a script for the shell; make install puts them in place. By hand:
        bash   source <(acsync completions bash)
        zsh    acsync completions zsh > ~/.zfunc/_acsync, with ~/.zfunc in fpath
        fish   acsync completions fish > ~/.config/fish/completions/acsync.fish
      """
  ) { invocation in
    let words = invocation.arguments.operands
    if words.count > 1 { throw UsageError.unexpectedOperand(words[1], verb: "completions") }
    let shells = ["bash", "zsh", "fish"]
    switch words.first {
    case "bash": invocation.console.result(BashCompletion.script)
    case "zsh": invocation.console.result(ZshCompletion.script)
    case "fish": invocation.console.result(FishCompletion.script)
    // What the scripts ask for themselves: only the configuration knows it.
    case "tags": names(invocation) { $0.flatMap(\.settings.streams).flatMap(\.tags.value) }
    case "accounts": names(invocation) { $0.compactMap(\.accountName) }
    case let word?: throw UsageError.unknownSubcommand(word, verb: "completions", known: shells)
    case nil:
      throw UsageError.missingOperand(
        verb: "completions", usage: "acsync completions bash|zsh|fish")
    }
    return .done
  }

  /// Prints names of the configuration in this folder; none where it is wrong: nobody asked for a
  /// check.
  private static func names(_ invocation: Invocation, _ names: ([Setup]) -> [String]) {
    guard let setups = try? Setup.all(invocation) else { return }
    for name in Set(names(setups)).sorted() { invocation.console.result(name) }
  }
}

/// The script for bash.
enum BashCompletion {
  static var script: String {
    """
    # bash completion for acsync, made by: acsync completions bash
    _acsync() {
      local cur=${COMP_WORDS[COMP_CWORD]} at=$COMP_CWORD tag="" verb="" word prev
      # Bash parts words at = and at the colon of tag:NAME.
      if [[ $cur == : ]]; then tag=1 cur=""
      elif (( at > 1 )) && [[ ${COMP_WORDS[at-1]} == : ]]; then tag=1 at=$((at-1)); fi
      if [[ $tag ]]; then at=$((at-1)); fi
      if [[ $cur == "=" ]]; then cur=""; else at=$((at-1)); fi
      if [[ ${COMP_WORDS[at]} == "=" ]]; then at=$((at-1)); fi
      prev=${COMP_WORDS[at]}
      for word in "${COMP_WORDS[@]:1:at}"; do
        if [[ $word != [-=:]* ]]; then verb=$word; break; fi
      done
      if [[ $tag ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" completions tags 2>/dev/null)" -- "$cur")
        return
      fi
      if [[ -z $verb && $cur != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "\(Verb.all.map(\.name).joined(separator: " "))" -- "$cur")
        return
      fi
      case $verb/$prev in
    \(valueArms)
      esac
      if [[ $cur == -* ]]; then
        case $verb in
    \(optionArms)
          *) mapfile -t COMPREPLY < <(compgen -W "--help --version" -- "$cur") ;;
        esac
        return
      fi
      case $verb in
    \(operandArms)
      esac
    }
    _acsync_list() { # what may stand behind the last comma
      local rest=${cur##*,} done=""
      if [[ $cur == *,* ]]; then done=${cur%,*},; fi
      mapfile -t COMPREPLY < <(compgen -P "$done" -W "$1" -- "$rest")
    }
    complete -F _acsync acsync
    """
  }

  private static var valueArms: String {
    var arms: [CompletionValues: [String]] = [:]
    for verb in Verb.all {
      for option in verb.allOptions where !option.isValueOptional {
        guard let values = CompletionValues(of: option) else { continue }
        arms[values, default: []] += Verb.spellings(of: option).map { "\(verb.name)/\($0)" }
      }
    }
    return arms.map { values, places in
      "    \(places.joined(separator: "|"))) \(reply(values, isList: true)); return ;;"
    }.sorted().joined(separator: "\n")
  }

  private static var optionArms: String {
    Verb.all.map { verb in
      let words = verb.allOptions.flatMap(Verb.spellings).joined(separator: " ")
      return "      \(verb.name)) mapfile -t COMPREPLY < <(compgen -W \"\(words)\" -- \"$cur\") ;;"
    }.joined(separator: "\n")
  }

  private static var operandArms: String {
    Verb.all.compactMap { verb in
      CompletionValues(operandsOf: verb).map { values in
        var deeds = reply(values, isList: false)
        if case .words = values, verb.takesFileAtLast {
          deeds = "if [[ $prev == \(verb.name) ]]; then \(deeds); else \(reply(.files)); fi"
        }
        return "    \(verb.name)) \(deeds) ;;"
      }
    }.joined(separator: "\n")
  }

  private static func reply(_ values: CompletionValues, isList: Bool = false) -> String {
    let streams = StreamDefinition.all.map(\.id.name).joined(separator: " ")
    switch values {
    case .anything: return "COMPREPLY=()"
    case .files: return "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")"
    case .words(let words): return words.isEmpty ? ":" : list(words.joined(separator: " "))
    case .streams where isList: return "_acsync_list \"\(streams) tag:\""
    case .streams: return list(streams)
    case .accounts:
      return "_acsync_list \"$(\"${COMP_WORDS[0]}\" completions accounts 2>/dev/null)\""
    }
  }

  private static func list(_ words: String) -> String {
    "mapfile -t COMPREPLY < <(compgen -W \"\(words)\" -- \"$cur\")"
  }
}
