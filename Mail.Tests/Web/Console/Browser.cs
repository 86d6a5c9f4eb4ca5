using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Mail.Tests.Support;
using Microsoft.Playwright;

namespace Mail.Tests.Web.Console;

/// <summary>A real Chromium without a window. Tests that need it are skipped where none is installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] _programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program) return;
        Assertions.SetDefaultExpectTimeout(20_000); // a busy machine is slow, not wrong
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await Ending.WithinLimitAsync("Chromium", () => _browser.DisposeAsync().AsTask());
        if (_playwright is not null) await Ending.WithinLimitAsync("Playwright's driver", () =>
        {
            _playwright.Dispose();
            return Task.CompletedTask;
        });
    }

    /// <summary>A window of its own: no cookie, no cache of another test.</summary>
    public async Task<BrowserWindow> OpenAsync(Uri site, int width = 1280, ColorScheme colors = ColorScheme.Light, string language = "en-US")
    {
        Assert.SkipUnless(_browser is not null, $"No Chromium: none of {string.Join(", ", _programs)} is on the PATH.");
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = colors,
            Locale = language,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new BrowserWindow(context, await context.NewPageAsync());
    }

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from program in _programs
         select Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);
}

/// <summary>One page, and what its console complained about.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly IBrowserContext _context;

    public BrowserWindow(IBrowserContext context, IPage page)
    {
        (this._context, Page) = (context, page);
        page.SetDefaultTimeout(30_000);
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and breaches of the content security policy.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <returns>What axe calls serious or critical, one line each.</returns>
    public async Task<string[]> SeriousAccessibilityViolationsAsync()
    {
        // Run by hand and not by RunAxe, which goes into every frame: in a mail's own frame nothing runs, axe neither, and it would wait for
        // an answer for ever. What a sender wrote is not ours to mend either.
        await Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { iframes: false, resultTypes: ['violations'] })).violations
                .filter(violation => ['serious', 'critical'].includes(violation.impact))
                .map(violation => `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.html).join(', ')})`)
            """);
    }

    public async Task<bool> ScrollsSidewaysAsync() =>
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Kept beside the test results, to be looked at.</summary>
    public Task ScreenshotAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Path("TestResults", "console", $"{name}.png"), FullPage = true });

    public async ValueTask DisposeAsync() => await Ending.WithinLimitAsync("A window of Chromium", () => _context.DisposeAsync().AsTask());
}
