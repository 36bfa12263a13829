package dev.floe.messaging.journal;

import dev.floe.messaging.TestKafka;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;

/** Real producers whose commits go wrong the way commits over a network do. */
final class FaultyProducers implements Producers {

  private final Function<String, Fault> faults;

  /** What happens to one commit. */
  enum Fault {
    NONE,
    /** The transaction is committed, and nobody is told. */
    ANSWER_LOST,
    /** The request is lost. */
    REQUEST_LOST,
    /** The instance dies with its transaction open: nothing more reaches the broker. */
    DEAD
  }

  /**
   * @param faults asked before each commit, with the transactional id
   */
  FaultyProducers(Function<String, Fault> faults) {
    this.faults = faults;
  }

  @Override
  @SuppressWarnings("unchecked") // the proxy stands for exactly this type
  public Producer<byte[], byte[]> of(String transactionalId) {
    Producer<byte[], byte[]> real =
        TestKafka.get().connection().transactionalProducer(transactionalId);
    boolean[] dead = new boolean[1];
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (_, method, arguments) -> {
              if (dead[0] && method.getName().equals("abortTransaction")) {
                throw new TimeoutException("dead");
              }
              if (method.getName().equals("commitTransaction")) {
                switch (faults.apply(transactionalId)) {
                  case NONE -> real.commitTransaction();
                  case ANSWER_LOST -> {
                    real.commitTransaction();
                    throw new TimeoutException("the answer to a commit was lost");
                  }
                  case REQUEST_LOST -> throw new TimeoutException("a commit was lost");
                  case DEAD -> {
                    real.flush();
                    dead[0] = true;
                    throw new TimeoutException("died with its transaction open");
                  }
                }
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
