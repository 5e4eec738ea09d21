# SPDX-License-Identifier: MIT
"""pandas: reading and writing, grouping, merging, time series, missing values, pickling."""
import io
import pickle
import pandas as pd

frame = pd.read_csv(io.StringIO("name,kind,n,price\na,x,1,1.5\nb,y,2,\nc,x,3,4.25\nd,y,4,8\n"))
assert frame.dtypes.astype(str).tolist() == ["object", "object", "int64", "float64"] and frame.price.isna().sum() == 1
by_kind = frame.groupby("kind").agg(total=("n", "sum"), mean=("price", "mean"))
assert by_kind.to_dict() == {"total": {"x": 4, "y": 6}, "mean": {"x": 2.875, "y": 8.0}}
assert frame.groupby("kind")["n"].apply(lambda s: s.max() - s.min()).tolist() == [2, 2]
merged = frame.merge(pd.DataFrame({"kind": ["x", "y", "z"], "label": ["ex", "why", "zed"]}), on="kind", how="outer", indicator=True)
assert merged.label.tolist() == ["ex", "ex", "why", "why", "zed"] and (merged._merge == "right_only").sum() == 1
assert pickle.loads(pickle.dumps(merged)).equals(merged)
days = pd.date_range("2023-01-30", periods=60, freq="D", tz="Europe/Berlin")
series = pd.Series(range(60), index=days)
assert series.resample("M").sum().tolist() == [1, 434, 1335]
assert series.rolling(7).mean().iloc[-1] == 56.0 and str(days[-1]) == "2023-03-30 00:00:00+02:00"
wide = frame.pivot_table(index="kind", columns="name", values="n", fill_value=0)
assert wide.loc["y"].tolist() == [0, 2, 0, 4]
assert frame.sort_values(["kind", "n"], ascending=[False, True]).name.tolist() == ["b", "d", "a", "c"]
assert frame.to_csv(index=False).splitlines()[2] == "b,y,2,"
assert pd.read_json(io.StringIO(frame.to_json(orient="records"))).n.tolist() == [1, 2, 3, 4]
assert frame.query("n > 1 and kind == 'x'").name.tolist() == ["c"]
assert frame.name.str.upper().str.cat(sep="-") == "A-B-C-D"
frame.loc[frame.price.isna(), "price"] = 0
assert frame.price.describe()["max"] == 8 and frame.set_index(["kind", "n"]).loc[("y", 4), "price"] == 8
cats = pd.Categorical(["lo", "hi", "lo"], categories=["lo", "hi"], ordered=True)
assert cats.max() == "hi" and pd.concat([frame, frame], ignore_index=True).shape == (8, 4)
assert pd.to_datetime("2020-02-29") + pd.DateOffset(years=1) == pd.Timestamp("2021-02-28")
assert "name kind  n  price" in repr(frame)
try:
    frame["missing"]
except KeyError as e:
    assert e.args == ("missing",)
