import dataclasses
import unittest

from pis import models, spark
from terminal import BadInput


class Sizes(unittest.TestCase):
    def test_a_worker_gets_what_provisioning_gives_it(self) -> None:
        # Measured on boards of these sizes: worker-sizes.csv.
        measured = {"pi3bplus": 480, "pi4-2gb": 1100, "pi4-4gb": 2800, "pi5-8gb": 6400}
        self.assertEqual({key: spark.worker_mebibytes(models.find(key)) for key in measured}, measured)
        large = dataclasses.replace(models.find("pi5-8gb"), ram_mebibytes=16_384)
        self.assertEqual(spark.worker_mebibytes(large), 13_312)

    def test_a_board_that_is_too_small_is_named(self) -> None:
        with self.assertRaisesRegex(BadInput, r"^--model: zero2w has 512 MiB, too few for a Spark worker \(1024 at least\)"):
            spark.worker_mebibytes(models.find("zero2w"))


if __name__ == "__main__":
    unittest.main()
