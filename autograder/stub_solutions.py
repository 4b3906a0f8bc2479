"""The nbgrader preprocessor that makes stubs, in place of nbgrader's ClearSolutions.

It stands apart from :mod:`autograder.stubs` because importing nbgrader takes
seconds, which who only wants a stub need not wait for.
"""

from typing import Any

from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograder.stubs import StubError, has_regions, stub


class StubSolutions(NbGraderPreprocessor):  # type: ignore[misc]
    """Replace each solution by what a student starts from."""

    text_stub = Unicode("*Write your answer here.*", help="What replaces a written answer").tag(
        config=True
    )

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Clear a whole notebook.

        Parameters
        ----------
        nb : NotebookNode
            The solved notebook, changed in place.
        resources : dict
            What nbconvert hands from step to step.

        Returns
        -------
        tuple of NotebookNode and dict
            Both arguments.

        Raises
        ------
        StubError
            If a solution cannot be cleared.
        """
        nb, resources = super().preprocess(nb, resources)
        nb.metadata.pop("celltoolbar", None)
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Clear one cell.

        Parameters
        ----------
        cell : NotebookNode
            A cell of any kind, changed in place.
        resources : dict
            What nbconvert hands from step to step.
        index : int
            The position of the cell in the notebook.

        Returns
        -------
        tuple of NotebookNode and dict
            The cell and the resources.

        Raises
        ------
        StubError
            If a code solution has no region or a wrong one, or if a region stands
            in a cell that is no solution.
        """
        if utils.is_solution(cell):
            cell.source = self._cleared(cell, index)
        elif cell.cell_type == "code" and has_regions(cell.source):
            raise StubError(f"cell {index}: a region in a cell that is not marked as a solution")
        return cell, resources

    def _cleared(self, cell: Any, index: int) -> str:
        if cell.cell_type != "code":
            return str(self.text_stub)
        if not has_regions(cell.source):
            raise StubError(f"cell {index}: a solution without a region would be released as it is")
        try:
            return stub(cell.source)
        except StubError as error:
            raise StubError(f"cell {index}, {error}") from error
