# %% [markdown]
# # 職業之間共有什麼：一位研究者的十個問題
#
# 在 VS Code 或 Jupyter（jupytext）中逐格執行，每格的最後一個式子就是答案；
# 以 Python 執行則只存圖、不顯示。先建立圖譜：`kps-graph build examples`。
# 每個答案在筆記本中是一張表；`.to_frame()` 得到 pandas 資料框，`.to_dicts()` 得到 Python 的字典。
# 圖直接顯示，`.save("圖.html")` 存成可搜尋、可縮放的網頁。

# %%
import kps_graph as kps

kg = kps.open("kps.store")
kg.rows("standards")

# %% [markdown]
# ## 1　至少三個職業共用的職能；同一級別之內
# %%
kg.shared(3)
# %%
kg.shared(3, by="level")

# %% [markdown]
# ## 2　最相近的職業與理由
# %%
kg.nearest("國際物流專員", 3)

# %% [markdown]
# ## 3　比較兩個以上的職業；4　轉職的落差；5　轉職路徑
# %%
kg.compare("貿易經理", "國際物流專員", "報關業務員")
# %%
kg.gap("貿易經理", "國際物流專員")
# %%
kg.path("客戶服務主管", "國際物流專員")

# %% [markdown]
# ## 6　每項職能的共用程度；7、8　職業與職能的群集；9　橋接職能
# %%
kg.reuse()
# %%
kg.communities()
# %%
kg.communities("competency")
# %%
kg.bridges(10)

# %% [markdown]
# ## 10　所有的職業對；以及一項職能的鄰近關係
# %%
kg.pairs(2)
# %%
kg.neighbourhood("個人資料保護法")

# %% [markdown]
# ## 自己的 SPARQL：字首已備妥，也可使用 `kps-graph queries` 列出的查詢
# %%
kg.rows("""
SELECT ?name (COUNT(?task) AS ?tasks) WHERE {
  ?standard a kps:Standard ; skos:prefLabel ?name ; kps:hasTask ?task
} GROUP BY ?name ORDER BY DESC(?tasks)
""")
# %%
kg.rows("gap", a="貿易經理", b="國際物流專員")

# %% [markdown]
# ## 圖，以及交給其他工具的網路
# %%
kg.draw("map")
# %%
kg.draw("overlap", "貿易經理", "國際物流專員", "報關業務員")
# %%
network = kg.network("occupations", min_shared=3)  # networkx
kg.draw("competency", "個人資料保護法").save("competency.html")
