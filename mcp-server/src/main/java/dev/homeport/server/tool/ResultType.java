package dev.homeport.server.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The record that a tool always returns as its structured result; it becomes the output schema.
///
/// For small structured data only: some clients show the model nothing but this part.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ResultType {
  /// The record.
  Class<? extends Record> value();
}
