package dev.homeport.skills.scan;

import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillRule;

/// What a scan looks for. Ids and severities are stable: baselines and suppressions name them.
public enum ScanRule implements SkillRule {
  /// The text sets itself above the instructions that the agent was given.
  INJECTION(Severity.ERROR, "No text overrides the agent's instructions"),
  /// The text has something done behind the user's back.
  CONCEALMENT(Severity.ERROR, "Nothing is hidden from the user"),
  /// Characters that people do not see spell a text.
  HIDDEN_TEXT(Severity.ERROR, "No invisible characters spell a text"),
  /// Characters that show a text in another order than it is read.
  REORDERED_TEXT(Severity.ERROR, "Text is shown in the order in which it stands"),
  /// A key, token or password.
  SECRET(Severity.ERROR, "No secret stands in a file"),
  /// A secret is sent away.
  EXFILTRATION(Severity.ERROR, "No secret is sent away"),
  /// A shell is handed to another machine.
  REVERSE_SHELL(Severity.ERROR, "No shell is handed to another machine"),
  /// Code that was packed so that nobody can read it is run.
  HIDDEN_CODE(Severity.ERROR, "Code that runs can be read"),
  /// Code is run as it comes from an address that vouches for nothing.
  DOWNLOAD_UNTRUSTED(Severity.ERROR, "Nothing runs that came without encryption or a name"),
  /// A link leads out of the skills.
  LINK_OUTSIDE(Severity.ERROR, "Links stay inside the skill"),
  /// Unpacking writes outside of the directory it is done in.
  ARCHIVE_ESCAPE(Severity.ERROR, "Archives unpack below one directory"),
  /// A program that goes by the name of something harmless.
  DISGUISED(Severity.ERROR, "Programs do not look like texts or pictures"),
  /// The files are not what was signed.
  SIGNATURE_INVALID(Severity.ERROR, "Files are as they were signed"),

  /// A value that is assigned, or sent, as a secret is.
  POSSIBLE_SECRET(Severity.WARNING, "No value is given where a secret belongs"),
  /// Tokens that separate the turns of a conversation.
  CHAT_MARKUP(Severity.WARNING, "No text imitates the markup of a conversation"),
  /// The user is not to be told something.
  UNTOLD(Severity.WARNING, "The user may know what is done"),
  /// An address where anybody can pick up what was sent.
  DROP_ADDRESS(Severity.WARNING, "Nothing goes to addresses open to anybody"),
  /// A picture whose address carries data.
  PICTURE_ADDRESS(Severity.WARNING, "Addresses of pictures carry no data"),
  /// Code is run as it comes from the network.
  DOWNLOAD(Severity.WARNING, "What runs was looked at before"),
  /// Something is installed from an address instead of a registry.
  INSTALL_ADDRESS(Severity.WARNING, "What is installed comes from a registry, or is pinned"),
  /// A file that holds secrets or accounts is read.
  SENSITIVE_PATH(Severity.WARNING, "Files with secrets are left alone"),
  /// Something is arranged to run later.
  PERSISTENCE(Severity.WARNING, "Nothing is arranged to run later"),
  /// The agent's own settings are changed, or its questions switched off.
  AGENT_SETTINGS(Severity.WARNING, "The agent's settings are left alone"),
  /// A command that destroys what it is not asked to.
  DESTRUCTION(Severity.WARNING, "No command destroys disks or homes"),
  /// A command runs when the skill is loaded.
  RUNS_ON_LOAD(Severity.WARNING, "Loading a skill runs nothing"),
  /// A word that mixes letters of scripts that look alike.
  MIXED_SCRIPTS(Severity.WARNING, "Words keep to one script"),
  /// A text that is spelt in numbers.
  SPELT_OUT(Severity.WARNING, "Text is not spelt in numbers"),
  /// A program, or code that was compiled.
  PROGRAM(Severity.WARNING, "What runs can be read"),
  /// An archive, of which only the names were looked at.
  ARCHIVE(Severity.WARNING, "Files are not packed away"),
  /// A link leads to another place below the same root.
  LINK(Severity.WARNING, "A skill has its files in its own directory"),

  /// A phrase of an attack in quotes, in code, or as what not to do.
  INJECTION_QUOTED(Severity.NOTE, "Phrases of attacks are only quoted"),
  /// Single characters that people do not see.
  INVISIBLE(Severity.NOTE, "There are no invisible characters"),
  /// A long stretch of encoded data in a text.
  ENCODED(Severity.NOTE, "Data stands in files of its own"),
  /// The newest version of a package is installed, whichever that is.
  INSTALL_UNPINNED(Severity.NOTE, "Versions of packages are pinned"),
  /// A file that is neither text nor of a known harmless kind.
  BINARY(Severity.NOTE, "Files are texts, pictures or documents"),
  /// A file that listings hide.
  HIDDEN_FILE(Severity.NOTE, "No file is hidden"),
  /// Nobody who is trusted vouches for a signature.
  SIGNATURE_UNVERIFIED(Severity.NOTE, "Signatures are by somebody who is trusted"),
  /// Something was not looked at.
  UNSCANNED(Severity.NOTE, "Everything can be looked at");

  private final Severity severity;
  private final String text;

  ScanRule(Severity severity, String text) {
    this.severity = severity;
    this.text = text;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String text() {
    return text;
  }

  /// `high`, `medium` or `low`.
  @Override
  public String label() {
    return switch (severity) {
      case ERROR -> "high";
      case WARNING -> "medium";
      case NOTE -> "low";
    };
  }
}
