using System.ComponentModel.DataAnnotations;

namespace Mail.Core.Templates;

/// <summary>Section "Templates".</summary>
public sealed class TemplateOptions
{
    /// <summary>What the shared layout shows of the sender when a message does not say it itself, by the names in
    /// templates/_layout/layout.json: Templates__Layout__app_name=Acme. A value must be valid for its variable.</summary>
    public Dictionary<string, string> Layout { get; } = [];

    /// <summary>The folder with the MJML compiler and its packages; looked for beside the host, and above it in a checkout, when not set.</summary>
    public string? CompilerPath { get; set; }

    /// <summary>How long one template may take to compile; the built-in ones take some 20 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")] public TimeSpan CompileTimeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What one template may take of memory while it is compiled.</summary>
    [Range(32, 4096)] public int CompileMemoryMegabytes { get; set; } = 128;

    /// <summary>How many templates are compiled at once.</summary>
    [Range(1, 32)] public int CompileThreads { get; set; } = 2;
}
