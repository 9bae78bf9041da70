import subprocess
import sys


def test_the_package_runs_without_django_or_a_database(tmp_path):
    blocked = (
        "import sys; sys.modules['django'] = None; sys.argv = ['x', 'verify', 'receipt', 'y'];"
    )
    run = blocked + "import runpy; runpy.run_module('mingdai_proofs', run_name='__main__')"

    result = subprocess.run(
        [sys.executable, "-c", run], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert result.returncode == 2
    assert "cannot read y" in result.stderr
