"""What the lines of a playbook's run say of what failed."""
import unittest

from callbacks.rows import _reason


class Reasons(unittest.TestCase):
    def test_a_command(self) -> None:
        self.assertEqual(_reason({"msg": "non-zero return code", "stderr": "nft: syntax\nerror"}), "non-zero return code nft: syntax error")
        self.assertEqual(_reason({"stdout": "no space"}), "no space")
        self.assertEqual(_reason({}), "failed")

    def test_a_module_that_broke_off(self) -> None:
        trace = "Traceback (most recent call last):\n  File x\njson.decoder.JSONDecodeError: Expecting value\n"
        result = {"msg": "MODULE FAILURE\nSee stdout/stderr for the exact error", "module_stderr": trace, "module_stdout": ""}
        self.assertEqual(_reason(result), "json.decoder.JSONDecodeError: Expecting value")

    def test_a_loop_of_which_one_failed(self) -> None:
        results = [{"item": 1}, {"failed": True, "msg": "no such unit: x"}, {"failed": True, "msg": "no such unit: x"}]
        self.assertEqual(_reason({"msg": "One or more items failed", "results": results}), "no such unit: x")

    def test_a_long_text_keeps_its_end(self) -> None:
        said = _reason({"msg": "a" * 5000 + " the cause"})
        self.assertLess(len(said), 620)
        self.assertTrue(said.endswith(" the cause"))

    def test_the_secret_stays_hidden(self) -> None:
        self.assertNotIn("0123", _reason({"censored": "the output has been hidden", "stderr": "0123"}))


if __name__ == "__main__":
    unittest.main()
