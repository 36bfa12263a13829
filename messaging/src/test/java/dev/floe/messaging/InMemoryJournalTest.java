package dev.floe.messaging;

import dev.floe.kernel.InMemoryJournal;
import dev.floe.kernel.Journal;

class InMemoryJournalTest extends JournalContract {

  private final Journal<Shelf.Command, Shelf.Event> journal = new InMemoryJournal<>(new Shelf());

  @Override
  protected Journal<Shelf.Command, Shelf.Event> journal() {
    return journal;
  }
}
