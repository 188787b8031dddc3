"""The formula of each measure that has one, in a line that every form can show.

The same formula stands in LaTeX at the head of the measure's file; a test demands both or neither.
"""

EQUATIONS: dict[str, str] = {
    "location_quotient": "LQ(r,i) = (e(r,i) / e(r)) / (e(i) / e)",
    "ellison_glaeser": (
        "γ = (G − (1 − X) H) / ((1 − X)(1 − H)),  G = Σ(s(r) − x(r))²,  X = Σ x(r)²,  H = Σ z(k)²"
    ),
    "distance_decay": "log(P / (1 − P)) = a + b log(1 + d / 1 km)",
    "mirror_order": "θ(P→V) = Σ a(s) n0(s) / n(s)  ÷  Σ c(s) n1(s) / n(s)",
    "virtual_agglomeration": "M(h) = (1 / N(s)) Σ n(s,i,h) / n(i,h)  ÷  (N(s) − 1) / (N − 1)",
    "core_firms": "max Σ(e) (Σ(i ∈ e) x(i)^q)^(1/q),  x > 0,  Σ x(i)^p = 1",
    "decomposability": "D = max(a, 0) / (max(a, 0) + |b|)",
    "participation_multilaterality": "Σ k(e)² / Σ k(e)",
    "third_party_effect": "θ = (1 / E) Σ(e) (y(e) − Σ(c) y(c) / C(e))",
    "data_substitution": (
        "ln Y = c(t) + ν [x + σ/(σ−1) · ln(1 − π + π e^((σ−1)/σ · (d − x)))] + μ(f) + ε(f,t)"
    ),
}
