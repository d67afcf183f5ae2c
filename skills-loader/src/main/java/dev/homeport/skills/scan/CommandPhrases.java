package dev.homeport.skills.scan;

import java.util.List;
import org.safere.Pattern;

/// Commands and code that do harm, or can.
final class CommandPhrases {
  /// Files that hold secrets and that no task of a skill needs.
  private static final String SECRET_FILE =
      "(\\.ssh/(id_|\\*|authorized)|\\bid_(rsa|ed25519|ecdsa)\\b|\\.aws/credentials"
          + "|\\.netrc\\b|\\.pypirc\\b|\\.git-credentials|\\.gnupg/|\\.kube/config"
          + "|\\.docker/config\\.json|gcloud/(credentials|application_default)|/etc/shadow"
          + "|login\\.keychain|cookies\\.sqlite|wallet\\.dat)";

  private static final String SECRET_WORDS =
      "id_rsa|id_ed25519|id_ecdsa|.ssh/|.aws/credentials|.netrc|.pypirc|.git-credentials|.gnupg/"
          + "|.kube/config|.docker/config.json|gcloud/|/etc/shadow|login.keychain|cookies.sqlite"
          + "|wallet.dat";
  private static final String SHELL =
      "(sudo\\s+(-\\S+\\s+)*)?(env\\s+\\S+\\s+)?(ba|z|da|k|fi)?sh\\b";

  private static final Pattern UNTRUSTED =
      Pattern.compile(
          "(http://([^l1\\s/]|l[^o]|1[^2])|https?://\\d{1,3}(\\.\\d{1,3}){3}"
              + "|//(bit\\.ly|tinyurl\\.com|is\\.gd|t\\.co|rentry\\.co|pastebin\\.com|paste\\.\\w+"
              + "|glot\\.io|transfer\\.sh|ix\\.io|0x0\\.st|termbin\\.com)/)",
          Pattern.CASE_INSENSITIVE);

  private CommandPhrases() {}

  static final List<Phrase> ALL =
      List.of(
          Phrase.of(
              ScanRule.EXFILTRATION,
              "pipes a file with secrets, or the environment, to the network",
              "curl|wget|nc ",
              "((cat|base64|tar|zip|gzip|head|tail|openssl)\\b[^\\n|]{0,200}("
                  + SECRET_FILE
                  + "|\\s\\.env\\b)[^\\n]{0,200}|\\b(env|printenv|export -p)\\s*)\\|[^\\n]{0,100}"
                  + "\\b(curl|wget|nc|ncat)\\b"),
          Phrase.of(
              ScanRule.EXFILTRATION,
              "sends a file with secrets away",
              "curl|wget",
              "\\b(curl|wget)\\b[^\\n]{0,300}(@|\\$\\(\\s*(cat|base64|<)[^)\\n]{0,60}|`cat)"
                  + "['\"]?[^\\s\"')@]{0,60}("
                  + SECRET_FILE
                  + "|/\\.env\\b|[@ ]\\.env\\b)"),
          Phrase.of(
              ScanRule.EXFILTRATION,
              "sends the whole environment away",
              "os.environ|process.env",
              "\\b(post|put|request|urlopen|fetch|sendbeacon)\\s*\\([^\\n]{0,200}((dict\\(|str\\("
                  + "|dumps\\(|=\\s*)os\\.environ\\s*[),]|stringify\\(\\s*process\\.env\\s*\\))"),
          Phrase.of(
              ScanRule.REVERSE_SHELL,
              "hands a shell to another machine",
              "/dev/tcp/|nc |ncat|mkfifo|dup2|pty.spawn",
              "(-i\\b[^\\n]{0,20}/dev/tcp/|/dev/tcp/[^\\n]{0,80}0>&1"
                  + "|\\b(nc|ncat)\\b[^\\n]{0,80}\\s-(e|c)\\s*\\S{0,20}(sh|cmd)\\b"
                  + "|mkfifo[^\\n]{0,80}\\|\\s*(ba)?sh\\b[^\\n]{0,80}\\bnc\\b"
                  + "|dup2\\(\\s*\\w+\\.fileno\\(\\)\\s*,\\s*[012]\\s*\\))"),
          Phrase.of(
              ScanRule.HIDDEN_CODE,
              "decodes code and runs it",
              "base64|xxd|b64decode|fromhex|decompress|marshal|atob|fromcharcode|unhexlify|-enc"
                  + "|buffer.from|a85decode",
              "((base64\\s+(-d|-D|--decode)|xxd\\s+-r\\s+-p)[^\\n|]{0,60}\\|\\s*("
                  + SHELL
                  + "|python3?\\b|perl\\b)"
                  + "|\\b(exec|eval)\\s*\\(\\s*(compile\\s*\\(\\s*)?([\\w.]+\\(\\s*['\"]\\w+['\"]"
                  + "\\s*\\)\\.)?([\\w.]+\\(\\s*)?([\\w.]+\\.)?(b64decode|a85decode|b32decode"
                  + "|unhexlify|fromhex|decompress|marshal\\.loads|atob|fromcharcode"
                  + "|buffer\\.from)\\s*\\("
                  + "|new\\s+function\\s*\\(\\s*atob"
                  + "|(powershell|pwsh)[^\\n]{0,80}\\s-e(nc|ncodedcommand)?\\s+[a-z0-9+/=]{20,})"),
          Phrase.of(
              ScanRule.DOWNLOAD,
              "runs what it downloads; have it looked at first, or pinned by a digest",
              "curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring",
              "(\\b(curl|wget)\\b[^\\n|]{0,300}\\|\\s*("
                  + SHELL
                  + "|(sudo\\s+)?(python3?|node|perl|ruby)\\s*(-\\s*)?(['\"`;&]|$))"
                  + "|(ba|z)?sh\\s+(-c\\s+)?['\"]?(<\\(|\\$\\()\\s*(curl|wget)\\b[^\\n]{0,200}"
                  + "|eval\\s+['\"]?\\$\\(\\s*(curl|wget)\\b[^\\n]{0,200}"
                  + "|\\b(iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\\b[^\\n]"
                  + "{0,200}\\|\\s*(iex|invoke-expression))"),
          Phrase.of(
              ScanRule.DROP_ADDRESS,
              "names an address where anybody can pick up what was sent",
              "webhook.site|requestbin|pipedream.net|interact.sh|oast.|burpcollaborator|ngrok"
                  + "|transfer.sh|discord|api.telegram.org/bot|pastebin.com|termbin",
              "\\b(webhook\\.site|requestbin\\.\\w+|pipedream\\.net|interact\\.sh"
                  + "|oast\\.(fun|pro|live|site|online|me)|burpcollaborator\\.net"
                  + "|ngrok(-free)?\\.(io|app|dev)|transfer\\.sh|termbin\\.com|pastebin\\.com/\\w"
                  + "|discord(app)?\\.com/api/webhooks/\\d|api\\.telegram\\.org/bot\\d)"),
          Phrase.of(
              ScanRule.PICTURE_ADDRESS,
              "is a picture whose address carries data away",
              "](http",
              "!\\[[^\\]\\n]{0,100}\\]\\(https?://[^)\\s]{0,200}[?&][^)\\s=]{0,40}=(\\{|\\$|<|%7b)"),
          Phrase.of(
              ScanRule.SENSITIVE_PATH,
              "reads a file with secrets or accounts",
              SECRET_WORDS + "|/etc/passwd|/proc/self/environ|../../..",
              "((cat|less|head|tail|cp|base64|open\\(|read\\w*\\(|load\\w*\\()[^\\n|;&]{0,80}("
                  + SECRET_FILE
                  + "|/etc/passwd|/proc/self/environ)"
                  + "|(\\.\\./){3,}(etc|proc|root|home)/)"),
          Phrase.of(
              ScanRule.PERSISTENCE,
              "arranges something to run, or to be let in, later",
              "authorized_keys|crontab|.bashrc|.zshrc|.profile|.bash_profile|schtasks|launchctl",
              "(>>?\\s*\\S{0,40}authorized_keys|\\|\\s*crontab\\s+-"
                  + "|(>>|tee\\s+-a)\\s*['\"]?(~|\\$HOME|\\$\\{HOME\\})/\\.(bashrc|zshrc|profile"
                  + "|bash_profile)|schtasks\\s+/create|launchctl\\s+(load|bootstrap))"),
          Phrase.of(
              ScanRule.AGENT_SETTINGS,
              "changes the agent's settings, or switches its questions off",
              "dangerously|bypasspermissions|.claude/|.codex/|.cursor/|.gemini/|--yolo",
              "(--dangerously-(skip-permissions|bypass-approvals-and-sandbox)|\\bbypassPermissions"
                  + "\\b|\\s--yolo\\b|(>>?|tee|cp\\s+\\S+|mv\\s+\\S+)\\s*['\"]?(~|\\$HOME)"
                  + "/\\.(claude/(settings|CLAUDE)|codex/config|cursor/mcp|gemini/settings))"),
          Phrase.of(
              ScanRule.DESTRUCTION,
              "destroys a disk or a home",
              "rm |mkfs|dd ",
              "(\\brm\\s+-\\w*[rR]\\w*\\s+(-\\S+\\s+)*['\"]?(/|~|\\$HOME|\\$\\{HOME\\})/?\\*?['\"]?"
                  + "\\s*([;&|`)]|$)|\\bmkfs(\\.\\w+)?\\s+/dev/"
                  + "|\\bdd\\s[^\\n]{0,80}of=/dev/(sd|nvme|disk|hd))"),
          Phrase.of(
              ScanRule.SPELT_OUT,
              "spells a text in numbers",
              "\\x|chr(|fromcharcode",
              "((\\\\x[0-9a-f]{2}){24,}|(chr\\(\\d+\\)\\s*[+.&]\\s*){8,}"
                  + "|fromcharcode\\((\\s*\\d+\\s*,){12,})"));

  /// What a client may run when it loads a `SKILL.md`.
  static final Phrase ON_LOAD =
      Phrase.of(
          ScanRule.RUNS_ON_LOAD,
          "has a command that some clients run when they load the skill",
          "!`|```!",
          "(^|[ \\t])!`[^`\\n]+`|^```!");

  /// Whether an address vouches for nothing: no encryption, a bare number, a shortener or a paste.
  static boolean isUntrusted(String command) {
    return UNTRUSTED.matcher(command).find() && !command.contains("http://example.");
  }
}
