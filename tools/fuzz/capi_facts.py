# SPDX-License-Identifier: MIT
"""What capi_sweep has to know about single functions of the C API.

UNCHECKED holds the parameters that the reference does not look at before it uses them. There only what is right is passed.
A row is a pattern for the function's name and a word for each parameter (missing words at the end stand for "."):

    .            anything
    code         an object of this type (see KINDS of capi_sweep; "a|b": of one of them), never NULL; "code?": or NULL
    text         a string that is not NULL
    0..5 or 1,2  one of these numbers
    size         a size that is not negative
    end          a position in the object before
    count        how many of the vector's objects are meant
    obj&         void* that is in truth PyObject**
    vector       an array of pointers to objects, none of them NULL
    names        the same, ended by NULL
"""
import re

# They end or replace the process, wait for somebody, make objects that nobody has initialised, or take no objects that a caller could spoil.
LEFT_OUT = re.compile(r"Finalize|Py_Exit|FatalError|Fatal|_Main$|BytesMain|RunMain|Interactive|Readline|PyThread|PyGILState|EvalFrame|"
                      r"PyInterpreterState|_PyThreadState|AcquireThread|ReleaseThread|AcquireLock|ReleaseLock|RestoreThread|SaveThread|Fork|"
                      r"ThreadState|PyMem_|Malloc|Calloc|Realloc|_Free$|_Del$|PyOS_|Dump|_Py_DumpDecimal|_Dealloc|NewInterpreter|EndInterpreter|"
                      r"RefTotal|Arena|Urandom|MainLoop|_Untrack|_UnTrack|_Track|SetInterrupt|PyAST|_PyTime|Clear(FreeList|Type)|GC_(Re|New|Var)|"
                      r"_Py_NewReference|_Py_Forget|DebugMallocStats|PyTraceMalloc|_PyTraceback|Py_ReprEnter|Py_ReprLeave|PyPickleBuffer_Release|"
                      r"SetProfile|SetTrace|SetLocals|_PyErr_StackItem|ImportInittab|Inittab|SetPath|SetArgv|SetProgramName|SetPythonHome|Gid|Uid|"
                      r"PreInitialize|Initialize|InitModule|TrashcanSub|_PyTrash|fatal|_Py_Dealloc|GET_WEAKREFS|_PyMain|_Py_path_config|Hashing|"
                      r"PyObject_Init|_PyObject_New|GenericAlloc|_PyObjectDict_SetItem|PyTraceBack_Print|_Py_InitializeMain|PyAsyncGen_ClearFree|"
                      r"PyState_|PyRun_\w*File|AllocatorStats|DebugTypeStats|_Py_fclose|_Py_universal|_PyDictView_New|PyCode_Optimize|PyEval_GetFrame|PyImport_GetModuleDict|_PyUnicode_FastFill|PyLong_AsVoidPtr|PySymtable|PyArena|PyParser|PyNode|_Py_dup|_Py_read$|_Py_write|_Py_wreadlink|_Py_fstat|PyThreadState|"
                      r"_Py_set_inheritable|_Py_get_inheritable|_Py_set_blocking|_Py_get_blocking|_Py_wrealpath|_Py_wgetcwd|PyErr_SetInterrupt|"
                      r"_Py_wfopen|_Py_fopen|_PyLong_FormatWriter|_PyLong_FormatBytes|Writer_|PyHash_|_Py_HashBytes|_Py_RestoreSignals|_PyAccu|_PyCrossInter|"
                      r"PySys_SetArgv|_PyWarnings_Init|_PyImport_Fini|_PyGC_|PyFrame_Block|_Py_GetConfig|PySys_AddXOption|PySys_ResetWarn|PyStatus")

CALL = ". vector 0..3 dict?"
UNCHECKED = [(re.compile(pattern + r"\Z"), words.split()) for pattern, words in (
    (r"Py(Gen|Coro|AsyncGen)_New\w*", "frame str str"),
    (r"PyBytes_ConcatAndDel|PyBytes_Concat|PyUnicode_Append\w*", ". ."),
    (r"PyByteArray_(AsString|Size)", "bytearray"), (r"PyByteArray_Resize", "bytearray size"), (r"PyBytes_Repr|_PyBytes_Resize", "bytes"),
    (r"PyCode_Addr2Line|_PyCode_CheckLineNumber|PyCode_\w*Extra", "code"), 
    (r"PyCode_NewEmpty", "text text"),
    (r"PyCode_New", "0..3 0..3 0..3 0..3 0..3 . tuple tuple tuple tuple tuple str str 0..3 bytes"),
    (r"PyCode_NewWithPosOnlyArgs", "0..3 0..3 0..3 0..3 0..3 0..3 . tuple tuple tuple tuple tuple str str 0..3 bytes"),
    (r"PyEval_EvalCode", "code . ."),
    (r"PyEval_EvalCodeEx", "code . . vector 0..3 vector 0..1 vector 0..3 dict? cells?"),
    (r"_PyEval_EvalCodeWithName", "code . . vector 0..3 vector vector 0..1 1,2 vector 0..3 dict? cells? str? str?"),
    (r"_PyEval_CallTracing", ". tuple"),
    (r"PyException_GetT\w*|PyException_GetC\w*", "exc"), (r"PyException_SetC\w*", "exc exc?"), (r"PyException_SetT\w*", "exc ."),
    (r"PyExceptionClass_Name", "type"),
    (r"PyFile_FromFd", "100,-1,12345 . . . . . . 0"), (r"PyFrame_\w+", "frame"), (r"PyTraceBack_Here", "frame"),
    (r"PyFunction_New", "code ."), (r"PyFunction_NewWithQualName", "code . str?"),
    (r"_PyFunction_FastCallDict", "function vector 0..3 dict?"), (r"_PyFunction_Vectorcall", "function vector 0..1 keywords?"),
    (r"_PyFunction_FastCallKeywords", "function vector 0..1 keywords?"),
    (r"_?PyImport_ExecCodeModule(Ex|WithPathnames)?", "text code"), (r"_?PyImport_ExecCodeModuleObject", "str code . ."),
    (r"PyImport_ImportFrozenModule\w*", "str|text"), (r"_PyImport_FixupBuiltin|_PyImport_Fixup\w*|_PyImport_FindExtension\w*", "module str str dict"),
    (r"_PyImport_IsInitialized|_PyImport_\w*", ". ."),
    (r"PyList_SetItem|PyTuple_SetItem", ". . ."), (r"PyODict_\w+", "odict . ."),
    (r"PyObject_Call|PyVectorcall_Call", ". tuple dict?"), (r"PyCFunction_Call", "cfunction tuple dict?"), (r"_PyCFunction_FastCallDict", "cfunction vector 0..3 dict?"),
    (r"_PyCFunction_\w+", "cfunction vector 0..1 keywords?"), (r"PyCFunction_GetF\w+|PyCFunction_GetS\w+", "cfunction"),
    (r"_PyObject_FastCallDict", CALL), (r"_PyObject_FastCall_Prepend", ". . vector 0..3"), (r"_PyObject_Call_Prepend", ". . tuple dict?"),
    (r"_?PyObject_Vectorcall\w*", ". vector 0..1 keywords?"), (r"_PyObject_MakeTpCall", ". vector 0..1 keywords|dict?"), (r"_PyType_CalculateMetaclass", "type tuple"),
    (r"PyType_GetSlot", "type 1..100"), (r"_PyStack_AsDict", "vector keywords"), (r"_PyStack_Unpack\w*", "vector 0..3 dict"),
    (r"_PyArg_UnpackStack|_PyArg_CheckPositional", ". size 0..1 1,2"), (r"_PyArg_No(Keywords|KwnamesKeywords)", ". dict|keywords?"),
    (r"_PyArg_NoPositional", ". tuple?"), (r"_PyArg_BadArgument", "text text text ."),
    (r"_PyArg_UnpackKeywords", "vector"),
    (r"PyObject_RichCompare(Bool)?|_Py_\w*RichCompare", ". . 0..5"),
    (r"PyRun_String\w*", "text 256,257,258"), (r"Py_CompileString\w*", "text . 256,257,258"),
    (r"PySlice_(Get|Un|Adj)\w*|_PySlice_GetLongIndices", "slice"), (r"_PySlice_FromIndices", ". ."),
    (r"PyStructSequence_New", "struct"), (r"PyStructSequence_[GS]etItem", "time 0..8 ."),
    (r"PyType_IsSubtype", "type type"), (r"_PyType_(Lookup|Name|GetDocFromInternalDoc)\w*", "type str"), (r"_?PyType_\w+Doc", "text text"),
    (r"_PyType_Name|PyType_\w+|_PyType_\w+", "type"),
    (r"PyUnicodeDecodeError_[GS]\w+", "decode"), (r"PyUnicodeEncodeError_[GS]\w+", "encode"), (r"PyUnicodeTranslateError_[GS]\w+", "translate"),
    (r"PyUnicodeDecodeError_Create", "text text . . . text"), (r"PyUnicodeEncodeError_Create", "text text size . . text"),
    (r"PyUnicodeTranslateError_Create", "text size . . text"), (r"_PyUnicodeTranslateError_Create", "str . . text"),
    (r"_?PyUnicode_(CompareWithASCIIString|EqualToASCII\w+)", "str text"), (r"PyUnicode_(FindChar|IsIdentifier|Substring|Ready)", "str"),
    (r"_PyUnicode_(EqualToASCII\w+|EQ|Ready|XStrip|FindMaxChar|EncodeCharmap|EncodeUTF\d+|FastCopyCharacters|CheckConsistency|Copy)", "str . ."),
    (r"_PyUnicode_EQ", "str str"), (r"_PyUnicode_XStrip", "str 0..2 str"), (r"_PyUnicode_FindMaxChar", "str 0 0..1"),
    (r"_PyUnicode_FastCopyCharacters", "str 0 str 0 0"), (r"PyUnicode_CopyCharacters|PyUnicode_WriteChar|PyUnicode_Fill", ". . . ."),
    (r"_PyUnicode_(Transform|Insert|Ascii)\w*", "str"), (r"_PyUnicode_JoinArray", ". vector 0..3"), (r"_PyUnicode_FormatLong", ". 0..1 0..9 100,120,111,88"),
    (r"_PyUnicode_Is\w+|_PyUnicode_To\w+", "."), (r"PyUnicode_Decode(UTF7|UTF16|UTF32)\w*", ". size"), (r"PyUnicode_Encode\w*|PyUnicode_TranslateCharmap", "text size"),
    (r"PyUnicode_(From|As)WideChar\w*", ". ."), (r"PyUnicode_Resize", ". 0..1"), (r"PyUnicode_FromUnicode|PyUnicode_FromKindAndData", ". ."),
    (r"PyUnicode_Intern\w+", "str*"), (r"PyUnicode_FSConverter|PyUnicode_FSDecoder|_PyUnicode_\w+Converter|PyOS_FSPath", ". obj&"),
    (r"_?Py_DecRef|Py_IncRef", "."), (r"_PyDictView_Intersect", "view any"), (r"PyByteArray_FromObject", "."),
    (r"_PyDict_(HasOnlyStringKeys|Pop|SizeOf|GetItem_KnownHash|DelItem_KnownHash|MaybeUntrack|CheckConsistency)\w*", "dict ."),
    (r"_PyDict_Pop_KnownHash", "dict"), (r"_PyDict_FromKeys", "type . ."), (r"_PyDict_LoadGlobal", "dict dict str"), (r"_PyDict_NewPresized", "0..100"),
    (r"_PyDict_Contains|_PyDict_DelItemIf|_PyDict_Next|_PyDict_MergeEx|_PyDict_SetItem_KnownHash|_PyDict_KeysSize", "dict ."),
    (r"_PyErr_WarnUnawaitedCoroutine", "coroutine"), (r"_PyErr_TrySetFromCause", ". ."), (r"_PyErr_ChainExceptions", ". . ."), (r"PyErr_Restore", ". . ."),
    (r"_PyFloat_Pack\w*|_PyFloat_Unpack\w*", ". ."), (r"PyMarshal_Read\w+String", "text size"),
    (r"_PyLong_GCD|_PyLong_Divmod\w*|_PyLong_(Round)?Div\w+", "int int"), (r"_PyLong_(L|R)shift", "int 0,1,2,70"),
    (r"_PyLong_(NumBits|Sign|Frexp|Format|Copy|AsByteArray|Size_t_Converter)\w*", "int"),
    (r"_PyLong_AsByteArray", "int text 0..8"), (r"_PyLong_FromByteArray", "text size"), (r"_PyBytes_FromHex|_PyUnicode_AsKind", "str"), (r"_PyLong_FromBytes", "text size ."),
    (r"PyLong_FromString|PyLong_FromUnicode", "text"), (r"_PyLong_Format", "int 2,8,10,16"), (r"PyObject_IsSubclass", ". ."),
    (r"_PySet_NextEntry|_PySet_Update", "set"), (r"_Py_Mangle", ". str"), (r"_Py_bytes_(is|find|r?find|r?index|count|startswith|endswith|contains)\w*", "text size tuple"),
    (r"_Py_bytes_contains", "text size ."), (r"_Py_bytes_(lower|upper|title|capitalize|swapcase)", "."), (r"_Py_dg_dtoa", ". 0..3 0..20"), (r"_Py_dg_(strtod|stdnan)", "text"),
    (r"_PyBytes_FormatEx", "text size"), (r"_PyBytes_Join", "bytes ."), (r"_?PyBytes_DecodeEscape", "text size . . ."), (r"_Py_DisplaySourceLine", ". str 0..3 0..5"),
    (r"_PyGen_\w+", "generator"), (r"_PyObject_GetMethod", ". str obj&"), (r"_PyObject_GetDictPtr|_PyObject_NextNotImplemented|_PyObject_AssertFailed|_PyObject_IsFreed", "."),
    (r"_PyModule_\w+", "module"), (r"PyModule_Add\w+", "module|str ."), (r"PyCell_\w+", ". ."), (r"_PyWeakref_\w+|_PyObject_ClearWeakRefs", "weakref"),
    (r"PyObject_ClearWeakRefs", "instance"), (r"PyMethod_\w+|PyInstanceMethod_\w+", ". ."), (r"PyDescr_\w+|PyWrapper_New", "descriptor ."),
    (r"PyBuffer_\w+|PyMemoryView_FromBuffer", "."), (r"PyContext_\w+|PyContextVar_\w+", ". ."), (r"_PyTraceback_Add", "text text"), (r"PySys_WarnOption", "."),
    (r"PySys_AddWarnOption\w*|PySys_HasWarnOptions", "."), (r"PyEval_GetFunc\w+", "."), (r"_PyArg_\w+", "."), (r"PyObject_AsFileDescriptor", "."),
    (r"PyObject_GenericSetDict", ". . ."), (r"_PyNamespace_New", "dict"), (r"_PySys_GetSizeOf|PyUnicode_GetSize", "."), (r"_PyErr_FormatFromCause", "."),
    (r"PyNumber_ToBase", ". 2,8,10,16"), (r"_PyComplex_FormatAdvancedWriter|_Py_c_\w+", "."), (r"PySys_SetObject", "text ."), (r"PyCapsule_Import", "text 0..1"),
    (r"PyObject_(Length|Size)", "."),
)]

# Parameters, counted from 0, whose reference the function takes over.
STEALS = {"PyBytes_ConcatAndDel": [1], "PyUnicode_AppendAndDel": [1], "PyException_SetCause": [1], "PyException_SetContext": [1], "PyList_SetItem": [2],
          "PyTuple_SetItem": [2], "PyStructSequence_SetItem": [2], "PyModule_AddObject": [2], "PyGen_New": [0], "PyGen_NewWithQualName": [0], "PyCoro_New": [0],
          "PyAsyncGen_New": [0], "Py_DecRef": [0], "PyErr_Restore": [0, 1, 2], "PyErr_SetExcInfo": [0, 1, 2], "_PyErr_ChainExceptions": [0, 1, 2]}

# Their results are another machine's, another build's, another moment's.
VARYING = re.compile(r"PyGC_Collect|PyType_ClearCache|Py_Get(BuildInfo|Compiler|Copyright|ExecPrefix|Path|Prefix|Program\w+|Version|PythonHome)|_Py_GetAllocatedBlocks|"
                     r"_PySys_GetSizeOf|_Py_open\w*|_Py_HashPointer|PyType_GetFlags|_Py_gitidentifier|_Py_gitversion|_PyPathConfig\w*|_PyDict_SizeOf|"
                     r"_PyTime\w*|PyErr_GetExcInfo|PyThread_\w+|PyLong_AsVoidPtr|PyCapsule_GetDestructor|PyType_GetSlot|_PyUnicode_GetMaxSize|_Py_parse_inf\w+")


def unchecked(name):
    """The words of name's parameters: all rows that fit, the later filling what earlier ones leave open."""
    words = []
    for pattern, row in UNCHECKED:
        if pattern.match(name):
            words.extend(["."] * (len(row) - len(words)))
            for k, word in enumerate(row):
                if words[k] == ".":
                    words[k] = word
    return words


# What differs and stays so: (functions, what the two answers have in them, why).
KNOWN = [(re.compile(pattern + r"\Z"), re.compile(said, re.S), why) for pattern, said, why in (
    (r"Py(Gen|Coro|AsyncGen)_New\w*", "bad argument", "a frame that is no generator's, with nothing to go on with, is refused"),
    (r"PyODict_SetItem", r"\| \+3|\+1 \+3", "an ordered dict holds a key once"),
    (r"_?PyObject_(Call|FastCall|MakeTpCall)\w*|PyVectorcall_Call", "keywords must be strings|takes? no keyword arguments|does not support vectorcall|takes at most|positional",
     "types and most callables are called by vectorcall: names that are no strings, and subclasses of dict, are met on the way there"),
    (r"PyVectorcall_Call", "does not support vectorcall", "more types support it"),
    (r"_?PyObject_Call\w*|_PyEval_CallTracing|PyCodec_\w+", "struct_time", "exceptions keep their arguments in a plain tuple"),
    (r"PyErr_WarnExplicit\w*", "compare str|OrderedDict", "a filter for another category is not asked for the module"),
    (r"PyErr_NewException\w*|PyFunction_New\w*|_?PyDict_\w+|PyRun_\w+|PyErr_Warn\w+|_PyObject_GenericSetAttr\w*", "OrderedDict",
     "an ordered dict shows what was put into it behind its back"),
    (r"_PyDict_\w+", "bad argument", "a key that is NULL, its hash given"),
    (r"PyErr_Format|PyUnicode_FromFormat|PyErr_\w+Format", r"\\uff", "what is not ASCII in the rest of a bad format"),
    (r"PyMarshal_Write\w+", "bytes", "which objects may be referred to later goes by their reference counts"),
    (r"PyCodec_RegisterError", "UnicodeDecodeError", "a handler that takes the place of \"strict\" is not asked by the decoders"),
    (r"PyUnicode_FromFormat", "Str 'sub'", "the text of a subclass is copied"),
    (r"PySequence_\w+|PyNumber_\w+", "deque", "a deque that is too long is a MemoryError"),
    (r"PyUnicode_Decode\w+", r"\(None, ", "bytes that are NULL, of a size above 0"),
    (r"Py_CompileString\w*|PyImport_Import", "NULL object passed", "a file or module without a name"),
)]


def known(name, theirs, ours):
    """Why a difference stays, or None."""
    for pattern, said, why in KNOWN:
        if pattern.match(name) and said.search(theirs + "\n" + ours):
            return why
    return None
