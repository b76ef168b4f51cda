/**
 * The beans that CDI made of classes that declare units, how they are referred to, and the classes
 * that it left out. Used while an application is deployed; starts no thread and touches no table.
 */
@NullMarked
package io.synchronik.impl.bean;

import org.jspecify.annotations.NullMarked;
