import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * ReadCommitted BROKERS GROUP TOPIC...: prints what a consumer that reads committed sees of these topics, and the group's
 * offsets. Each line: R topic partition offset home key value headers, or C topic partition committed end; `home` is
 * where Java's partitioner puts the key. Key, value and headers' values are in base64, `-` for null.
 */
public final class ReadCommitted {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("max.poll.records", "5000");
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 20), false, "UTF-8");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Admin admin = Admin.create(settings)) {
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 2; i < args.length; i++)
        consumer.partitionsFor(args[i]).forEach(it -> all.add(new TopicPartition(it.topic(), it.partition())));
      Map<String, Long> counts = all.stream().collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<TopicPartition> open = new ArrayList<>(all);
      while (true) {
        open.removeIf(it -> consumer.position(it) >= ends.get(it));
        if (open.isEmpty()) break;
        consumer.poll(Duration.ofMillis(500)).forEach(it -> {
          String home = it.key() == null ? "-"
              : String.valueOf(Utils.toPositive(Utils.murmur2(it.key())) % counts.get(it.topic()));
          StringBuilder headers = new StringBuilder();
          for (Header header : it.headers()) headers.append(header.key()).append('=').append(text(header.value())).append(',');
          out.println(String.join("\t", "R", it.topic(), "" + it.partition(), "" + it.offset(), home,
              text(it.key()), text(it.value()), headers.toString()));
        });
      }
      var committed = admin.listConsumerGroupOffsets(args[1]).partitionsToOffsetAndMetadata().get();
      for (TopicPartition it : all) {
        var offset = committed.get(it);
        out.println(String.join("\t", "C", it.topic(), "" + it.partition(),
            "" + (offset == null ? -1 : offset.offset()), "" + ends.get(it)));
      }
    }
    out.flush();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "-" : Base64.getEncoder().encodeToString(bytes);
  }
}
