using System.IO.MemoryMappedFiles;

namespace CkiSdk.Fuzz;

/// <summary>Keeps the input that is being tried in a file, so that it survives a stack overflow or a hang.</summary>
internal sealed class LastInput : IDisposable
{
    private const int Size = 1 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _watch;
    private readonly string _path;
    private long _started;

    /// <summary>Opens the file artifacts/fuzz/NAME.last, which holds the length (4 octets, little-endian) and the input.</summary>
    public LastInput(string root, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts", "fuzz")).FullName;
        _path = Path.Combine(folder, name + ".last");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, Size);
        _view = _file.CreateViewAccessor();
        _watch = new Timer(_ => EndHang(), null, Longest, TimeSpan.FromSeconds(1));
    }

    /// <summary>Notes the input that is tried next.</summary>
    public void Note(byte[] input)
    {
        var length = Math.Min(input.Length, Size - sizeof(int));
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
        Volatile.Write(ref _started, Environment.TickCount64);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private void EndHang()
    {
        var started = Volatile.Read(ref _started);
        if (started == 0 || Environment.TickCount64 - started < Longest.TotalMilliseconds) return;
        Console.WriteLine($"one input takes longer than {Longest.TotalSeconds} s; it is in {_path}, after four octets of length");
        Environment.Exit(1);
    }
}
