package dev.floe.cli.picture;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell. */
public final class Grid {

  private final List<List<String>> rows = new ArrayList<>();

  public Grid(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row, a cell for each heading. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** The lines, headings first; {@code nothing} alone if there is no row. */
  public List<String> lines(String nothing) {
    return rows.size() == 1 ? List.of(nothing) : rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      line.append(cells.get(column));
      line.append(" ".repeat(width(column) - width(cells.get(column)) + 2));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
