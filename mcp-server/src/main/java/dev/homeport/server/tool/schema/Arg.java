package dev.homeport.server.tool.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What an agent is told about one argument, on the component of an argument record.
///
/// The argument's name is the component's name in snake case (`oldText` becomes `old_text`). It is
/// optional when the component's type is `@Nullable`, and required otherwise.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Arg {
  /// The description in the schema; may be empty where name and type say it all.
  String value() default "";

  /// Other names that models use for this argument. They are accepted and do not appear in the
  /// schema.
  String[] aliases() default {};

  /// A value as it would stand in JSON, shown when the argument is missing or wrong. Empty: derived
  /// from the type.
  String example() default "";
}
