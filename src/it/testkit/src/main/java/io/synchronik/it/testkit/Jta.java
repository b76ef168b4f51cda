package io.synchronik.it.testkit;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.List;

/** The one transaction manager of this JVM, shared by its nodes; without recovery. */
final class Jta {
  static final TransactionManager MANAGER;
  static final UserTransaction USER;
  static final TransactionSynchronizationRegistry REGISTRY;

  static {
    String store = Scratch.create("transactions", () -> {}).toString();
    keepIn(store, BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class));
    for (String name : List.of("communicationStore", "stateStore")) {
      keepIn(store, BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, name));
    }
    try {
      arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("testkit");
    } catch (CoreEnvironmentBeanException e) {
      throw new IllegalStateException(e);
    }
    arjPropertyManager.getCoordinatorEnvironmentBean().setDefaultTimeout(300);
    MANAGER = com.arjuna.ats.jta.TransactionManager.transactionManager();
    USER = com.arjuna.ats.jta.UserTransaction.userTransaction();
    REGISTRY = new TransactionSynchronizationRegistryImple();
  }

  private Jta() {}

  private static void keepIn(String directory, ObjectStoreEnvironmentBean store) {
    store.setObjectStoreDir(directory);
  }
}
