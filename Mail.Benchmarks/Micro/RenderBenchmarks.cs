using BenchmarkDotNet.Attributes;
using Mail.Core.Templates;
using Microsoft.Extensions.Options;

namespace Mail.Benchmarks.Micro;

/// <summary>Subject, HTML and text of one mail, its variables checked: all that the worker does of a template for each message. Parsed once, as it is there.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly TemplateRenderer _renderer = new(Options.Create(new TemplateOptions()));

    /// <summary>A mail with a code; 22 KB of HTML.</summary>
    [Benchmark(Baseline = true)]
    public int PasswordReset() => Render(RenderSamples.PasswordReset);

    /// <summary>A table of a hundred rows with five values each.</summary>
    [Benchmark]
    public int Table() => Render(RenderSamples.Table);

    /// <summary>One with dates, a list, and texts that hold variables; 25 KB of HTML.</summary>
    [Benchmark]
    public int ReminderDriver() => Render(RenderSamples.ReminderDriver);

    /// <summary>What acceptance does.</summary>
    [Benchmark]
    public int AcceptPasswordReset() => _renderer.Accept(RenderSamples.PasswordReset.Template, RenderSamples.PasswordReset.Variables, "en").Length;

    private int Render(RenderSample sample)
    {
        RenderedEmail mail = _renderer.Render(sample.Template, sample.Variables, "en");
        return mail.Subject.Length + mail.Html.Length + mail.Text.Length;
    }
}
