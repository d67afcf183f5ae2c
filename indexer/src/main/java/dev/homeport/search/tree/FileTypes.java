package dev.homeport.search.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The file types that a search can be limited to, each a name for some globs.
public final class FileTypes {
  private static final Map<String, List<String>> GLOBS = new TreeMap<>();

  static {
    """
    asm        *.asm *.s *.S
    bazel      *.bazel *.bzl *.BUILD *.bazelrc BUILD MODULE.bazel WORKSPACE WORKSPACE.bazel
    c          *.[chH] *.[chH].in *.cats
    clojure    *.clj *.cljc *.cljs *.cljx
    cmake      *.cmake CMakeLists.txt
    config     *.cfg *.conf *.config *.ini
    cpp        *.[ChH] *.cc *.[ch]pp *.[ch]xx *.hh *.inl *.[ChH].in *.cc.in *.[ch]pp.in *.[ch]xx.in *.hh.in
    cs         *.cs
    css        *.css *.scss
    csv        *.csv
    dart       *.dart
    docker     *Dockerfile*
    elixir     *.ex *.eex *.exs
    erlang     *.erl *.hrl
    fortran    *.f *.F *.f77 *.F77 *.pfo *.f90 *.F90 *.f95 *.F95
    go         *.go
    gradle     *.gradle
    graphql    *.graphql *.graphqls
    groovy     *.groovy *.gradle
    h          *.h *.hh *.hpp
    haskell    *.hs *.lhs *.cpphs *.c2hs *.hsc
    html       *.htm *.html *.ejs
    java       *.java *.jsp *.jspx *.properties
    js         *.js *.jsx *.vue *.cjs *.mjs
    json       *.json composer.lock
    jsonl      *.jsonl
    julia      *.jl
    jupyter    *.ipynb *.jpynb
    kotlin     *.kt *.kts
    less       *.less
    license    COPYING COPYING[.-]* COPYRIGHT COPYRIGHT[.-]* LICEN[CS]E LICEN[CS]E[.-]* NOTICE NOTICE[.-]*
    lisp       *.el *.jl *.lisp *.lsp *.sc *.scm
    log        *.log
    lua        *.lua
    make       [Gg][Nn][Uu]makefile [Gg][Nn][Uu]makefile.am [Gg][Nn][Uu]makefile.in [Mm]akefile [Mm]akefile.am [Mm]akefile.in *.mk *.mak
    markdown   *.markdown *.md *.mdown *.mkdn *.mdwn *.mkd *.mdx
    md         *.markdown *.md *.mdown *.mkdn *.mdwn *.mkd *.mdx
    nix        *.nix
    objc       *.h *.m
    ocaml      *.ml *.mli *.mll *.mly
    perl       *.perl *.pl *.PL *.plh *.plx *.pm *.t
    php        *.php *.php3 *.php4 *.php5 *.phtml
    protobuf   *.proto
    ps         *.cdxml *.ps1 *.ps1xml *.psd1 *.psm1
    py         *.py
    r          *.R *.r *.Rmd *.Rnw
    rst        *.rst
    ruby       Gemfile *.gemspec .irbrc Rakefile *.rb
    rust       *.rs
    sass       *.sass *.scss
    scala      *.scala *.sbt
    sh         *.bash *.bashrc *.csh *.ksh *.sh *.tcsh *.zsh .bashrc .bash_profile .profile .zshrc
    sql        *.sql *.psql
    svelte     *.svelte
    svg        *.svg
    swift      *.swift
    tex        *.tex *.ltx *.cls *.sty *.bib *.dtx *.ins
    tf         *.tf
    toml       *.toml Cargo.lock
    ts         *.ts *.tsx *.cts *.mts
    txt        *.txt
    verilog    *.v *.vh *.sv *.svh
    vim        *.vim
    vue        *.vue
    xml        *.xml *.xml.dist *.dtd *.xsl *.xslt *.xsd *.xjb *.rng *.sch *.xhtml
    yaml       *.yaml *.yml
    zig        *.zig
    """
        .lines()
        .map(line -> line.split(" +"))
        .forEach(words -> GLOBS.put(words[0], List.of(words).subList(1, words.length)));
  }

  private FileTypes() {}

  /// The names of all types.
  public static Collection<String> names() {
    return java.util.Collections.unmodifiableSet(GLOBS.keySet());
  }

  /// The globs of a type, or empty if there is no such type.
  public static Optional<List<String>> globs(String name) {
    return Optional.ofNullable(GLOBS.get(name));
  }

  /// Types whose name or globs resemble a name that is none, the likeliest first.
  public static List<String> like(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    var similar = new ArrayList<String>();
    GLOBS.forEach((type, globs) -> {
      if (globs.contains("*." + wanted)) {
        similar.addFirst(type);
      } else if (type.startsWith(wanted) || wanted.startsWith(type)) {
        similar.add(type);
      }
    });
    return similar;
  }
}
