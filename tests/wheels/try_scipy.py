# SPDX-License-Identifier: MIT
"""scipy: linear algebra, optimisation with Python callbacks, sparse matrices, transforms, statistics, integration, trees."""
import numpy as np
from scipy import fft, integrate, interpolate, linalg, ndimage, optimize, signal, sparse, spatial, special, stats
from scipy.sparse import linalg as sparse_linalg

a = np.array([[4.0, 1, 0], [1, 3, 1], [0, 1, 2]])
lu, pivots = linalg.lu_factor(a)
assert np.allclose(linalg.lu_solve((lu, pivots), a @ [1, 2, 3]), [1, 2, 3])
assert np.allclose(linalg.expm(np.zeros((2, 2))), np.eye(2)) and np.allclose(linalg.cholesky(a).T @ linalg.cholesky(a), a)
found = optimize.minimize(lambda x: (x[0] - 1) ** 2 + (x[1] + 2) ** 2, [0, 0])
assert found.success and np.allclose(found.x, [1, -2], atol=1e-4)
assert abs(optimize.brentq(lambda x: x ** 3 - 2, 0, 2) - 2 ** (1 / 3)) < 1e-9
params, _ = optimize.curve_fit(lambda x, p, q: p * x + q, np.arange(5), 3 * np.arange(5) + 1)
assert np.allclose(params, [3, 1])
m = sparse.csr_matrix(sparse.diags([1, 2, 1], [-1, 0, 1], shape=(50, 50)) + sparse.eye(50))
assert np.allclose(m @ sparse_linalg.spsolve(m.tocsc(), np.ones(50)), 1)
assert np.allclose(fft.irfft(fft.rfft(np.arange(8.0))), np.arange(8.0))
assert abs(stats.norm.cdf(1.96) - 0.975) < 1e-4 and abs(stats.ttest_ind([1, 2, 3], [2, 3, 4]).pvalue - 0.2878641347) < 1e-8
assert abs(integrate.quad(lambda x: np.exp(-x * x), -np.inf, np.inf)[0] - np.pi ** 0.5) < 1e-8
solution = integrate.solve_ivp(lambda t, y: -y, (0, 1), [1.0], rtol=1e-8)
assert abs(solution.y[0, -1] - np.exp(-1)) < 1e-6
assert interpolate.interp1d([0, 1, 2], [0, 10, 40], kind="quadratic")(1.5) == 22.5
tree = spatial.cKDTree(np.random.default_rng(0).random((200, 2)))
assert len(tree.query_ball_point([0.5, 0.5], 2)) == 200
assert spatial.ConvexHull([[0, 0], [1, 0], [0, 1], [0.2, 0.2]]).volume == 0.5
b, c = signal.butter(3, 0.2)
assert len(signal.lfilter(b, c, np.ones(20))) == 20
assert ndimage.label([[1, 0], [0, 1]])[1] == 2 and abs(special.gamma(0.5) ** 2 - np.pi) < 1e-12
