using System.Text.Json;

namespace Mail.Hosting.Local.Parameters;

/// <summary>Generated values, kept between starts in a file that only its owner reads.</summary>
internal sealed class ParameterStore(string path)
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private readonly Lock _gate = new();

    public string Path => path;

    /// <summary>The kept value, or a new one, which is kept from now on.</summary>
    /// <exception cref="LocalHostException">The file is not the JSON we wrote.</exception>
    public string GetOrAdd(string name, Func<string> create)
    {
        lock (_gate)
        {
            SortedDictionary<string, string> values = Read();
            if (values.TryGetValue(name, out string? value)) return value;
            values[name] = value = create();
            Write(values);
            return value;
        }
    }

    private SortedDictionary<string, string> Read()
    {
        if (!File.Exists(path)) return new(StringComparer.Ordinal);
        try
        {
            return JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? new(StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new LocalHostException($"{path} is not valid JSON ({e.Message}). Mend it; deleting it makes new secrets, with which the old database cannot be opened.", e);
        }
    }

    // Written beside and renamed: a crash leaves the old file or the new one.
    private void Write(SortedDictionary<string, string> values)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        string next = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(next, options)) JsonSerializer.Serialize(file, values, _indented);
        File.Move(next, path, overwrite: true);
    }
}
