# %% [markdown]
# # 從一個文件資料夾到論文中的一張圖：十個問題
# # From a folder of documents to a figure in a paper: ten questions
#
# 在 VS Code 或 Jupyter（jupytext）中逐格執行，每格的最後一個式子就是答案；以 Python 執行則只存檔、不顯示。
# 先建立圖譜：`kps-graph build examples`，或您自己的資料夾。每個答案在筆記本中是一張表；`.to_pandas()` 得到
# pandas 資料框，`.to_dicts()` 得到 Python 的字典。同樣的十題以指令來問，見研究者指南（docs/guide/researcher.zh-Hant.md）。
#
# Run it cell by cell in VS Code or Jupyter (jupytext); the last expression of a cell is its answer. First build a
# store: `kps-graph build examples`, or a folder of your own. Each answer is a table; `.to_pandas()` gives a data
# frame, `.to_dicts()` dicts. The same ten questions as commands: docs/guide/researcher.md.

# %%
import kps_graph as kps

kg = kps.open("kps.store")
kg.rows("standards")

# %% [markdown]
# ## 1. 資料夾裡有什麼？ What is in my folder?
# %%
kg.rows("overview", language="en")
# %%
kg.findings(severity="warning")

# %% [markdown]
# ## 2. 研究的是哪些職業？ Which occupations is my study about?
# 一個職業只算一次，取最新版本；切片是語料的一部分，次數也只算這一部分。
# %%
kg.rows("categories", language="en")
# %%
study = kg.within("level=4-5 updated=2018..")
study.rows("levels")

# %% [markdown]
# ## 3. 分布如何？ How are they distributed?
# %%
kg.rows("level-by-category", language="en")
# %%
kg.rows("changes-per-year")

# %% [markdown]
# ## 4. 共有什麼？ What do they share?
# 從不比代碼：這一份的 K01 與另一份的 K01 毫無關係。
# %%
study.shared(2)
# %%
kg.shared(3, by="level")
# %%
kg.pairs(2)

# %% [markdown]
# ## 5. 為什麼這兩段文字算同一項？ Why do two texts count as one?
# 不憑比對，或連相關者也算，答案差多少；為什麼則問 `kps-graph align explain`。
# %%
kg.shared(3, include="identical")
# %%
kg.shared(4, include="related")

# %% [markdown]
# ## 6. 寫在哪裡？ Where is it said?
# %%
hits = kg.search("法規", kind="K")
hits.rows()
# %%
kg.rows(
    f"""
SELECT ?level (COUNT(DISTINCT ?unit) AS ?units) WHERE {{
  {hits.values("node")}
  ?unit kps:needsKnowledge ?node ; kps:atLevel/skos:notation ?level
}} GROUP BY ?level ORDER BY ?level
"""
)

# %% [markdown]
# ## 7. 哪些職業相近，又有何不同？ Which are near, and what sets them apart?
# %%
kg.nearest("國際物流專員", 3)
# %%
kg.compare("貿易經理", "國際物流專員", "報關業務員")
# %%
kg.reuse()

# %% [markdown]
# ## 8. 轉職需要什麼？ What does a move need?
# %%
kg.gap("貿易經理", "國際物流專員")
# %%
kg.path("客戶服務主管", "國際物流專員")

# %% [markdown]
# ## 9. 有何異動？ What has changed?
# %%
kg.versions()
# %%
kg.changes(since="2024")

# %% [markdown]
# ## 10. 整體看起來如何？ What does it all look like?
# %%
kg.communities()
# %%
kg.communities("competency")
# %%
kg.bridges(10)
# %%
kg.neighbourhood("個人資料保護法")
# %%
study.draw("overlap")
# %%
study.draw("map")

# %% [markdown]
# ## 論文中的圖與表，以及交給其他工具的網路 The figure, the table, and the network for other tools
# %%
study.draw("map", lang="en").save("figure1.svg")
levels = kg.rows("level-by-category", language="en").to_pandas()
levels.pivot_table(index="code", columns="level", values="occupations").to_csv("table1.csv")
network = kg.network("occupations", min_shared=3)  # networkx
