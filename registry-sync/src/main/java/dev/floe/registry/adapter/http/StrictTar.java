package dev.floe.registry.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.manifest.FreeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar that holds files and folders under names in UTF-8, is whole, and has its end mark.
 * What a header announces is looked at before the library acts on it, for it would take what is no
 * tar for one, keep headers of any size in memory, and read a truncated one as if it were whole.
 */
final class StrictTar extends TarArchiveInputStream {

  private static final String ALLOWED_FLAGS = "0\0" + "5xgL";
  private static final int TYPE = 156;
  private static final int NAME = 100;
  private static final int PREFIX = 345;
  private static final int PREFIX_END = 500;
  private static final int MOST_NAME_DATA = 64 * 1024;

  StrictTar(InputStream in) {
    super(in, UTF_8.name());
  }

  @Override
  protected byte @Nullable [] readRecord() throws IOException {
    byte[] record = super.readRecord();
    if (isAtEOF()) {
      return record;
    }
    if (record == null) {
      throw new Unusable("the tar is cut off: it does not have its end mark");
    }
    if (!isEOFRecord(record)) {
      check(record);
    }
    return record;
  }

  private static void check(byte[] header) throws Unusable {
    if (!hasChecksum(header)) {
      throw new Unusable(
          (header[0] & 0xff) == 0x1f && (header[1] & 0xff) == 0x8b
              ? "it is compressed; send the tar itself"
              : "it is not a tar, or it is damaged");
    }
    String name = text(header, 0, NAME);
    text(header, PREFIX, PREFIX_END);
    char flag = (char) header[TYPE];
    if (ALLOWED_FLAGS.indexOf(flag) < 0) {
      throw new Unusable("'%s' is %s".formatted(FreeText.quoted(name), kind(flag)));
    }
    boolean describesAnother = "xgL".indexOf(flag) >= 0;
    if (describesAnother && size(header) > MOST_NAME_DATA) {
      throw new Unusable("the header of an entry has more than %d bytes".formatted(MOST_NAME_DATA));
    }
  }

  @Override
  protected byte @Nullable [] getLongNameData() throws IOException {
    byte[] name = super.getLongNameData();
    if (name != null) {
      var _ = utf8(name, 0, name.length);
    }
    return name;
  }

  private static boolean hasChecksum(byte[] header) {
    try {
      return TarUtils.verifyCheckSum(header);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static long size(byte[] header) throws Unusable {
    try {
      return TarUtils.parseOctalOrBinary(header, 124, TarConstants.SIZELEN);
    } catch (IllegalArgumentException _) {
      throw new Unusable("the size of an entry is no number");
    }
  }

  /** A field of the header, up to its end or a NUL. */
  private static String text(byte[] header, int from, int to) throws Unusable {
    int end = from;
    while (end < to && header[end] != 0) {
      end++;
    }
    return utf8(header, from, end);
  }

  private static String utf8(byte[] bytes, int from, int to) throws Unusable {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException _) {
      String readable = new String(Arrays.copyOfRange(bytes, from, to), UTF_8);
      throw new Unusable("the name '%s' is not in UTF-8".formatted(FreeText.quoted(readable)));
    }
  }

  private static String kind(char flag) {
    return switch (flag) {
      case '1' -> "a hard link; only files and folders are published";
      case '2' -> "a symbolic link; only files and folders are published";
      case '3', '4' -> "a device; only files and folders are published";
      case '6' -> "a named pipe; only files and folders are published";
      case 'S' -> "a sparse file; send it whole, without --sparse";
      default -> "of a kind that is not published; only files and folders are";
    };
  }

  /** The next file or folder; null at the end. */
  @Override
  public @Nullable TarArchiveEntry getNextEntry() throws IOException {
    TarArchiveEntry entry = super.getNextEntry();
    if (entry != null && entry.isSparse()) {
      throw new Unusable("'%s' is %s".formatted(FreeText.quoted(entry.getName()), kind('S')));
    }
    return entry;
  }

  /** The stream is no tar that can be published; the message says why. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }
}
