/// What checks of skills find.
@org.jspecify.annotations.NullMarked
package dev.homeport.skills.report;
