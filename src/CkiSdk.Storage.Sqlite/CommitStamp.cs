using System.Runtime.InteropServices;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is the first header of the index of the write-ahead log: a count of changes, the length of the log, salts and checksums. Two that are the same have no commit between them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CommitStamp(ulong Version, ulong Change, ulong Length, ulong Frame, ulong Salt, ulong Checksum);
