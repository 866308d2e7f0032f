"""Counts of one to four are hidden, and whatever would give them away."""

from cop_site.screening.small_numbers import Cell, small_cells


def hidden(rows):
    return {(cell.row, cell.column) for cell in small_cells(rows)}


def test_counts_of_one_to_four_are_hidden_and_others_stay():
    rows = [["Desa", "2022", "2023"], ["A", "0", "3"], ["B", "12", "5"]]

    assert small_cells(rows) == (Cell(1, 2, is_small=True),)


def test_a_second_cell_is_hidden_where_the_total_would_tell_the_first():
    rows = [["Desa", "Korban"], ["A", 3], ["B", 9], ["C", 20], ["Jumlah", 32]]

    assert small_cells(rows) == (Cell(1, 1, is_small=True), Cell(2, 1, is_small=False))


def test_the_total_is_hidden_where_no_other_cell_could_be():
    assert hidden([["Desa", "Korban"], ["A", 2], ["B", 0], ["Total", 2]]) == {(1, 1), (3, 1)}
    assert hidden([["Desa", "Korban"], ["A", 2], ["Total", 5]]) == {(1, 1), (2, 1)}


def test_two_hidden_cells_of_one_line_protect_each_other():
    assert hidden([["Desa", "Korban"], ["A", 3], ["B", 1], ["C", 20], ["Jumlah", 24]]) == {(1, 1), (2, 1)}


def test_no_hidden_cell_can_be_worked_out_across_rows_and_columns():
    rows = [["Desa", "L", "P", "Jumlah"], ["A", 2, 10, 12], ["B", 8, 9, 17], ["Jumlah", 10, 19, 29]]

    found = hidden(rows)

    assert (1, 1) in found
    for row in (1, 2):
        inside = sum((row, column) in found for column in (1, 2))
        assert inside != 1 or (row, 3) in found
    for column in (1, 2):
        inside = sum((row, column) in found for row in (1, 2))
        assert inside != 1 or (3, column) in found


def test_words_years_and_uneven_rows_do_no_harm():
    assert small_cells([]) == ()
    assert hidden([["Desa"], ["A", "banyak", None, "1.250"], []]) == set()
