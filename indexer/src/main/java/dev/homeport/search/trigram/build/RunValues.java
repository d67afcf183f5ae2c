package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.IndexSchema;
import dev.homeport.search.trigram.build.GramRun.Entry;
import dev.homeport.search.trigram.build.GramRun.FileEnd;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.apache.lucene.codecs.DocValuesProducer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The values of the documents of runs.
final class RunValues extends DocValuesProducer {
  private final RunDocuments documents;

  RunValues(RunDocuments documents) {
    this.documents = documents;
  }

  @Override
  public NumericDocValues getNumeric(FieldInfo field) {
    return switch (field.name) {
      case IndexSchema.OFFSET -> new Numbers(entry -> entry.chunk().offset(), false);
      case IndexSchema.LENGTH -> new Numbers(entry -> entry.chunk().length(), false);
      case IndexSchema.LINE -> new Numbers(entry -> entry.chunk().line(), false);
      case IndexSchema.SIZE -> ofEnds(end -> end.fingerprint().size());
      case IndexSchema.MODIFIED -> ofEnds(end -> end.fingerprint().modified());
      case IndexSchema.INODE -> ofEnds(end -> end.fingerprint().inode());
      case IndexSchema.COVERAGE -> ofEnds(end -> end.coverage().code());
      default -> throw new IllegalArgumentException("no numbers in " + field.name);
    };
  }

  private NumericDocValues ofEnds(ToLongFunction<FileEnd> value) {
    return new Numbers(entry -> value.applyAsLong(Objects.requireNonNull(entry.end())), true);
  }

  @Override
  public SortedDocValues getSorted(FieldInfo field) {
    return new Keys();
  }

  @Override
  public BinaryDocValues getBinary(FieldInfo field) {
    throw new IllegalArgumentException("no bytes in " + field.name);
  }

  @Override
  public SortedNumericDocValues getSortedNumeric(FieldInfo field) {
    throw new IllegalArgumentException("no sorted numbers in " + field.name);
  }

  @Override
  public SortedSetDocValues getSortedSet(FieldInfo field) {
    throw new IllegalArgumentException("no sets in " + field.name);
  }

  @Override
  public @Nullable DocValuesSkipper getSkipper(FieldInfo field) {
    return null;
  }

  @Override
  public void checkIntegrity() {}

  @Override
  public void close() {}

  /// A number of each document, or of each that ends a file.
  private final class Numbers extends NumericDocValues {
    private final ToLongFunction<Entry> value;
    private final boolean onlyEnds;
    private int document = -1;

    Numbers(ToLongFunction<Entry> value, boolean onlyEnds) {
      this.value = value;
      this.onlyEnds = onlyEnds;
    }

    @Override
    public long longValue() {
      return value.applyAsLong(documents.entry(document));
    }

    private boolean has(int target) {
      return !onlyEnds || documents.entry(target).end() != null;
    }

    @Override
    public boolean advanceExact(int target) {
      document = target;
      return has(target);
    }

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() {
      return advance(document + 1);
    }

    @Override
    public int advance(int target) {
      document = target;
      while (document < documents.count() && !has(document)) {
        document++;
      }
      document = document >= documents.count() ? NO_MORE_DOCS : document;
      return document;
    }

    @Override
    public long cost() {
      return documents.count();
    }
  }

  /// The key of each document's file.
  private final class Keys extends SortedDocValues {
    private int document = -1;

    @Override
    public int ordValue() {
      return documents.keyOrdinal(document);
    }

    @Override
    public BytesRef lookupOrd(int ordinal) {
      return documents.key(ordinal);
    }

    @Override
    public int getValueCount() {
      return documents.keyCount();
    }

    @Override
    public boolean advanceExact(int target) {
      document = target;
      return true;
    }

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() {
      return advance(document + 1);
    }

    @Override
    public int advance(int target) {
      document = target >= documents.count() ? NO_MORE_DOCS : target;
      return document;
    }

    @Override
    public long cost() {
      return documents.count();
    }
  }
}
