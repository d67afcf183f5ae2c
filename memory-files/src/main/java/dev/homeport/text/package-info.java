/// Text and bytes as this module sees them; not exported.
package dev.homeport.text;
