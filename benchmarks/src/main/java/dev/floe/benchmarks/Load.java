package dev.floe.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Sends commands to a subject and takes the time; every command is sent once only. */
final class Load {

  private final Subject subject;
  private final Plan plan;
  private int sent;

  Load(Subject subject, Plan plan) {
    this.subject = subject;
    this.plan = plan;
  }

  /** Until everything is compiled, joined and cached that will be. */
  void warmUp() throws InterruptedException {
    var _ = oneByOne(Math.max(1, plan.single() / 2));
    var _ = together(plan.many() / 2, Plan::artifact);
  }

  Figures round() throws InterruptedException {
    double[] millis = oneByOne(plan.single());
    return new Figures(
        Figures.percentile(millis, 0.5),
        Figures.percentile(millis, 0.99),
        together(plan.many(), _ -> Plan.artifact(0)),
        together(plan.many(), Plan::artifact));
  }

  private double[] oneByOne(int count) {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      var _ = submit(Plan::artifact).join();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  /** Commands a second. */
  private double together(int count, IntFunction<String> artifacts) throws InterruptedException {
    var places = new Semaphore(plan.window());
    List<CompletableFuture<?>> answers = new ArrayList<>(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      places.acquire();
      answers.add(submit(artifacts).whenComplete((_, _) -> places.release()));
    }
    answers.forEach(CompletableFuture::join);
    return count / ((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
  }

  private CompletableFuture<?> submit(IntFunction<String> artifacts) {
    int number = sent++;
    return subject.submit(artifacts.apply(number), number);
  }
}
