package io.synchronik.it.wildfly.invoices;

import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.annotation.Resource;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Writes as many invoices as its runs are asked for, each in a transaction, without retries. A run
 * waits for more until it is closed.
 */
@Worker(id = Invoicing.ID)
public class Invoicing implements ItemWork<Integer, String> {
  /** The worker's id. */
  public static final String ID = "invoicing";

  @Resource(lookup = "java:/jdbc/invoices")
  DataSource dataSource;

  @Override
  public void enumerate(Items<Integer> items, RunContext run) {
    IntStream.rangeClosed(1, run.payload(Integer.class))
        .forEach(number -> items.add(key(number), number));
    items.keepOpen();
  }

  static String key(int number) {
    return "C" + number;
  }

  @Override
  @Transactional
  public String process(Integer number, ItemContext item) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into invoice (number, item) values (?, ?)")) {
      insert.setInt(1, number);
      insert.setString(2, item.id().toString());
      insert.executeUpdate();
    }
    return "invoice " + number;
  }
}
