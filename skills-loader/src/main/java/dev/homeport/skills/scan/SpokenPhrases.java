package dev.homeport.skills.scan;

import java.util.List;

/// What is said to an agent to turn it against its user. A phrase that is only quoted is told
/// apart.
final class SpokenPhrases {
  private static final String EARLIER =
      "(previous|prior|above|earlier|preceding|foregoing|original|system|developer|safety)";
  private static final String ORDERS =
      "(instructions?|rules|guidelines|prompts?|directives?|commands|constraints|restrictions)";
  private static final String USER = "(the |your |any )?(users?|human|operator)";

  private SpokenPhrases() {}

  static final List<Phrase> ALL =
      List.of(
          injection(
              "ignore|disregard|forget",
              "\\b(ignore|disregard|forget)\\s+(all|any|every|everything|the|your|my|of|these|those"
                  + "|about|\\s)*\\s*"
                  + EARLIER
                  + "\\s+(\\w+\\s+){0,2}?"
                  + ORDERS),
          injection(
              "override|bypass|circumvent",
              "\\b(override|bypass|circumvent)\\s+(all\\s+|any\\s+|the\\s+|your\\s+)*(system"
                  + " prompt|system instructions|safety"
                  + " (\\w+\\s+)?(guidelines|filters|rules|instructions)|content"
                  + " (filters|policy)|your guardrails|previous instructions)"),
          injection(
              "you are now|from now on",
              "\\b(you are now|from now on,? you (are|act as))\\s+(an? |in )?(dan\\b|unrestricted"
                  + "|unfiltered|uncensored|jailbroken|evil|(developer|god|admin|debug|jailbreak)"
                  + " mode)"),
          injection(
              "jailbreak mode|god mode|dan mode|unrestricted mode",
              "\\b(enter|enable|activate|switch to)\\s+(jailbreak|god|dan|unrestricted) mode"),
          injection(
              "prompt|instructions",
              "\\b(reveal|print|output|repeat|leak|disclose|dump)\\s+(me\\s+)?(your|the)\\s+(full"
                  + " |entire |hidden |initial |original |complete )*(system prompt|system"
                  + " instructions|hidden instructions)"),
          injection(
              "anweisungen|instrucciones|instructions|指令|指示|提示",
              "(ignoriere?\\s+(alle\\s+)?(vorherigen|bisherigen|obigen)\\s+anweisungen"
                  + "|ignora\\s+(todas\\s+)?(las\\s+)?instrucciones\\s+(anteriores|previas)"
                  + "|ignorez?\\s+(toutes\\s+)?les\\s+instructions\\s+(pr.c.dentes|ci-dessus)"
                  + "|(忽略|无视|忽視|無視)(之前|以上|先前|前面|所有|上述)[^\\n]{0,8}(指令|指示|提示))"),
          injection(
              "system override|admin override|system message|important system",
              "^\\W{0,4}(important )?(system|admin) (override|message)\\W{0,2}:"),
          Phrase.of(
              ScanRule.CONCEALMENT,
              "has something done behind the user's back",
              "without|hide|secret|conceal",
              "(without "
                  + USER
                  + "('s|s')? (knowledge|noticing|knowing|being aware|finding out)"
                  + "|\\b(hide|conceal) (this|it|that|these|them) from "
                  + USER
                  + "|\\bkeep (this|it|that) (secret|hidden) from "
                  + USER
                  + ")"),
          Phrase.of(
              ScanRule.EXFILTRATION,
              "asks for secrets to be sent away",
              "credential|key|password|secret|token|environment|.env|.ssh|id_rsa",
              "\\b(send|upload|post|forward|transmit|exfiltrate|leak)\\s+[^.\\n]{0,80}"
                  + "(credentials|api keys?|passwords?|secrets|private keys?|ssh keys?|tokens"
                  + "|environment variables|\\.ssh|id_rsa|\\.env\\b)[^.\\n]{0,60}\\s(to|at)\\s+"
                  + "[`'\"<]?(https?://|[\\w.-]+@[\\w-]+\\.)"),
          Phrase.of(
              ScanRule.CHAT_MARKUP,
              "imitates the markup of a conversation",
              "<|im_start|<|system|[inst]|<<sys>>|<|endoftext",
              "<\\|(im_start|im_end|system|endoftext)\\|>|\\[/?INST\\]|<</?SYS>>"),
          Phrase.of(
              ScanRule.UNTOLD,
              "keeps something from the user",
              "tell|inform|mention|notify|alert|telling|informing",
              "\\b((do not|don't|never|must not) (tell|inform|notify|alert) "
                  + USER
                  + "|(do not|don't|never|must not) (mention|reveal|disclose) (this|it|that|these)"
                  + "( \\w+)? to "
                  + USER
                  + "|without (telling|informing|notifying|alerting) "
                  + USER
                  + ")"));

  private static Phrase injection(String words, String expression) {
    return Phrase.of(
        ScanRule.INJECTION, "sets itself above the agent's instructions", words, expression);
  }
}
