package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.IndexSchema;
import java.util.List;
import org.apache.lucene.codecs.DocValuesProducer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.NormsProducer;
import org.apache.lucene.codecs.PointsReader;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.codecs.TermVectorsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.LeafMetaData;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/// Inverted runs in the guise of a segment, so that an index writer takes them as they are.
///
/// Lucene's own way from text to postings costs several times as much, since it hashes every term
/// of every document. What is here can only be read from front to back, which is how segments
/// merge.
final class RunsReader extends CodecReader {
  private final FieldInfos fields = IndexSchema.fields();
  private final RunDocuments documents;

  RunsReader(List<GramRun> runs) {
    documents = new RunDocuments(runs);
  }

  @Override
  public FieldInfos getFieldInfos() {
    return fields;
  }

  @Override
  public int maxDoc() {
    return documents.count();
  }

  @Override
  public int numDocs() {
    return documents.count();
  }

  @Override
  public @Nullable Bits getLiveDocs() {
    return null;
  }

  @Override
  public FieldsProducer getPostingsReader() {
    return new RunPostings(documents);
  }

  @Override
  public DocValuesProducer getDocValuesReader() {
    return new RunValues(documents);
  }

  @Override
  public StoredFieldsReader getFieldsReader() {
    return new NothingStored();
  }

  @Override
  public @Nullable TermVectorsReader getTermVectorsReader() {
    return null;
  }

  @Override
  public @Nullable NormsProducer getNormsReader() {
    return null;
  }

  @Override
  public @Nullable PointsReader getPointsReader() {
    return null;
  }

  @Override
  public @Nullable KnnVectorsReader getVectorReader() {
    return null;
  }

  @Override
  public LeafMetaData getMetaData() {
    return new LeafMetaData(Version.LATEST.major, Version.LATEST, null, false);
  }

  @Override
  public @Nullable CacheHelper getCoreCacheHelper() {
    return null;
  }

  @Override
  public @Nullable CacheHelper getReaderCacheHelper() {
    return null;
  }

  private static final class NothingStored extends StoredFieldsReader {
    @Override
    public void document(int document, StoredFieldVisitor visitor) {}

    @Override
    public StoredFieldsReader clone() {
      return new NothingStored();
    }

    @Override
    public void checkIntegrity() {}

    @Override
    public void close() {}
  }
}
