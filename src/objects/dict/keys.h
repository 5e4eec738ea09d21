/* SPDX-License-Identifier: MIT */
/* Between the files of the dict: tables. What others may use is in dict.h. */
#ifndef TAI_OBJECTS_DICT_KEYS_H
#define TAI_OBJECTS_DICT_KEYS_H

#include "objects/dict/dict.h"

/* Entries that a table of 2**log2_size slots has room for. */
static inline Py_ssize_t tai_keys_capacity_of(int log2_size) { return (Py_ssize_t)(((size_t)2 << log2_size) / 3); }

size_t tai_keys_bytes(const PyDictKeysObject *keys);
/* Empty keys of kind DICT_KEYS_STR; NULL with MemoryError. */
PyDictKeysObject *tai_keys_new(int log2_size);
/* Free the block, not the references in it. */
void tai_keys_release_block(PyDictKeysObject *keys);
void tai_keys_clear_free_list(void);
int tai_keys_kept(void);
/* Copy of combined keys with all entries; NULL with MemoryError. */
PyDictKeysObject *tai_keys_clone(PyDictKeysObject *keys);
/* Combined keys that map a tuple of names to values (all borrowed). New, or NULL without exception: do it another way. */
PyDictKeysObject *tai_keys_from_names(PyObject *names, PyObject *const *values);
void tai_keys_forget_templates(void);
/* The items of mp as combined keys of the least size. New or NULL. */
PyDictKeysObject *tai_keys_compact(PyDictObject *mp);
/* Append an entry; keys->usable > 0 and the key is absent. Steals both. The index. */
Py_ssize_t tai_keys_append(PyDictKeysObject *keys, PyObject *key_steal, Py_hash_t hash, PyObject *value_steal);
/* Forget entry ix; its references become the caller's (read them before). */
void tai_keys_remove(PyDictKeysObject *keys, Py_ssize_t ix);
/* Smallest table with at least that many slots. */
int tai_keys_log2_for(Py_ssize_t slots);

/* Combined dict: new table of 2**log2_size slots, or more if the entries need it. 0 or -1. */
NODISCARD int tai_dict_resize(PyDictObject *mp, int log2_size);
/* Combined dict: add an absent key; steals key and value, also on failure. 0 or -1. */
NODISCARD int tai_dict_add_new(PyDictObject *mp, PyObject *key_steal, Py_hash_t hash, PyObject *value_steal);
/* Split dict that lacks the key: add it, to the shared keys if they take it. Steals both. 0 or -1. (dict.c) */
NODISCARD int tai_dict_add_to_split(PyDictObject *mp, PyObject *key_steal, Py_hash_t hash, PyObject *value_steal);
/* Split dict: make it combined, with room for that many more entries. 0 or -1. */
NODISCARD int tai_dict_unsplit(PyDictObject *mp, Py_ssize_t room);
/* Split dict: move it to a longer copy of its keys. 1, or 0 (without exception) if they are no such copy. */
int tai_dict_adopt_keys(PyDictObject *mp, PyDictKeysObject *keys);

size_t tai_values_size(PyObject **values);
PyObject **tai_values_copy(PyDictKeysObject *keys, PyObject **values);
/* Forget the value at ix; its reference becomes the caller's. */
void tai_values_remove(PyObject **values, Py_ssize_t ix);
/* Free the block, not the references in it. */
void tai_values_free_block(PyObject **values);

/* Iterators and views (view.c). */
PyObject *tai_dict_iter(PyDictObject *mp);
PyObject *tai_dict_reversed(PyDictObject *mp, PyObject *unused);
PyObject *tai_dict_keys_view(PyObject *mp, PyObject *unused);
PyObject *tai_dict_values_view(PyObject *mp, PyObject *unused);
PyObject *tai_dict_items_view(PyObject *mp, PyObject *unused);

#endif
