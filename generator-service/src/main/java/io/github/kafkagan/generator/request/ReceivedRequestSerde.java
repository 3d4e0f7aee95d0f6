package io.github.kafkagan.generator.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * How a request waits in the pending store: offset and timestamp (int64), key and value (int32
 * length, −1 for null, then the bytes), the number of headers, and each one's name and value
 * likewise.
 */
final class ReceivedRequestSerde {
  private ReceivedRequestSerde() {}

  static Serde<ReceivedRequest> create() {
    return Serdes.serdeFrom(
        (topic, request) -> serialize(request), (topic, bytes) -> deserialize(bytes));
  }

  private static byte @Nullable [] serialize(@Nullable ReceivedRequest request) {
    if (request == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(request.offset());
      out.writeLong(request.timestamp());
      write(out, request.key());
      write(out, request.value());
      Header[] headers = request.headers().toArray();
      out.writeInt(headers.length);
      for (Header header : headers) {
        write(out, header.key().getBytes(UTF_8));
        write(out, header.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable ReceivedRequest deserialize(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long offset = in.readLong();
      long timestamp = in.readLong();
      byte[] key = read(in);
      byte[] value = read(in);
      Headers headers = new RecordHeaders();
      for (int left = in.readInt(); left > 0; left--) {
        byte[] name = read(in);
        headers.add(new String(name == null ? new byte[0] : name, UTF_8), read(in));
      }
      return new ReceivedRequest(offset, timestamp, key, value, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte @Nullable [] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
