using System.Text.Json.Serialization;
using Jering.Javascript.NodeJS;
using Mail.Core.Common;
using Microsoft.Extensions.Options;

namespace Mail.Core.Templates.Mjml;

/// <summary>
/// MJML to HTML by the reference compiler, in a Node.js process that starts with the first template and is kept. A compile gets a thread, a time and a memory
/// limit of its own (templates/compiler). Sending needs none of this: templates are compiled when they are published.
/// </summary>
public sealed class MjmlCompiler(INodeJSService node, IOptions<TemplateOptions> options)
{
    private static readonly TimeSpan _start = TimeSpan.FromSeconds(30);

    /// <returns>The HTML with problems; or why nothing can be compiled here and now, and what to do.</returns>
    public async Task<Result<MjmlResult>> CompileAsync(string mjml, IReadOnlyDictionary<string, string> partials, CancellationToken ct)
    {
        MjmlSource source = MjmlSource.Resolve(mjml, partials);
        if (source.Problems.Any(problem => problem.IsFatal)) return new MjmlResult(null, source.Problems);
        if (CompilerFolder.Find(options.Value.CompilerPath) is not { IsSuccess: true } folder) return CompilerFolder.Find(options.Value.CompilerPath).Failure!;
        TimeSpan limit = options.Value.CompileTimeLimit;
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limit + _start);
        try
        {
            Answer? answer = await node.InvokeFromFileAsync<Answer>(
                Path.Combine(folder.Value, "compiler", "service.cjs"),
                args: [new Request(source.Text, (int)limit.TotalMilliseconds, options.Value.CompileMemoryMegabytes, options.Value.CompileThreads)],
                cancellationToken: time.Token);
            return Read(answer ?? throw new InvalidOperationException("The MJML compiler gave no answer."), source, limit);
        }
        catch (InvocationException e) when (e.Message.Contains("ERR_MODULE_NOT_FOUND", StringComparison.Ordinal) || e.Message.Contains("Cannot find package", StringComparison.Ordinal))
        {
            return CompilerFolder.NotInstalled(folder.Value);
        }
        catch (Exception e) when (e is InvalidOperationException or ConnectionException || e.InnerException is System.ComponentModel.Win32Exception)
        {
            return new Failure(FailureKind.Unavailable, "compiler_unavailable", $"MJML cannot be compiled here: Node.js (20.19 or later) does not start. Install it and see that `node` is on the PATH. ({e.GetBaseException().Message})");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return TooMuch($"more than {limit.TotalSeconds:0.#} s");
        }
    }

    private Result<MjmlResult> Read(Answer answer, MjmlSource source, TimeSpan limit)
    {
        if (answer.Stopped is not null) return TooMuch(answer.Stopped == "memory" ? $"more than {options.Value.CompileMemoryMegabytes} MB" : $"more than {limit.TotalSeconds:0.#} s");
        List<MjmlProblem> problems = [];
        foreach (Said said in answer.Problems)
        {
            // An attribute that MJML does not know is left out; whatever else it says, something of the mail is missing.
            bool isFatal = answer.Html is null || !said.Message.EndsWith("illegal", StringComparison.Ordinal);
            SourcePosition at = said.Line is { } line ? source.At(line, said.Tag) : new SourcePosition("template.mjml", null, null);
            problems.Add(new MjmlProblem(at, said.Tag is null ? said.Message : $"{said.Tag}: {said.Message}", isFatal));
        }

        return new MjmlResult(problems.Any(problem => problem.IsFatal) ? null : answer.Html, problems);
    }

    private static Failure TooMuch(string what) =>
        new(FailureKind.Invalid, "template_too_large", $"`mjml` takes {what} to compile. Make it smaller; a mail over 102 KB is cut off by Gmail anyway.");

    private sealed record Request(string Source, int TimeoutMilliseconds, int MemoryMegabytes, int MaxThreads);

    private sealed record Answer(string? Html, IReadOnlyList<Said> Problems, string? Stopped)
    {
        public IReadOnlyList<Said> Problems { get; init; } = Problems ?? [];
    }

    private sealed record Said(int? Line, string Message, [property: JsonPropertyName("tag")] string? Tag);
}
