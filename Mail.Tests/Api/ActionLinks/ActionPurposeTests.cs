using System.Net;
using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.ActionLinks;

/// <summary>Links of Mail's own: what they do and their being used are one.</summary>
public sealed class ActionPurposeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_a_purpose_does_happens_in_the_transaction_that_marks_the_link_as_used_once()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres, services => services.AddActionPurpose<Counting>());
        await scene.ExecuteAsync("CREATE TABLE counted (subject text NOT NULL, choice text NOT NULL)");
        string path = await MakeAsync(scene, "one");

        Assert.Contains("<h1>Count one (en)?</h1>", (await scene.OpenAsync(path)).Page, StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("counted"));
        (HttpResponseMessage Response, string Page)[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.PostAsync(path, "choice=yes")));

        Assert.Contains("<h1>Counted</h1>", Assert.Single(all, one => one.Response.StatusCode == HttpStatusCode.OK).Page, StringComparison.Ordinal);
        Assert.Equal(1, await scene.Api.CountAsync("counted WHERE subject = 'one' AND choice = 'yes'"));
        Assert.Contains("“Yes” was chosen", (await scene.OpenAsync(path)).Page, StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("webhook_queue"));
    }

    [Fact]
    public async Task What_cannot_be_done_or_breaks_changes_nothing_and_the_link_stays_open()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres, services => services.AddActionPurpose<Counting>());
        await scene.ExecuteAsync("CREATE TABLE counted (subject text NOT NULL, choice text NOT NULL)");
        string refused = await MakeAsync(scene, "refused"), broken = await MakeAsync(scene, "broken"), gone = await MakeAsync(scene, "gone");

        (HttpResponseMessage response, string page) = await scene.PostAsync(refused, "choice=yes");
        Assert.Equal((HttpStatusCode.Conflict, true), (response.StatusCode, page.Contains("<h1>Not now</h1>", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.InternalServerError, (await scene.PostAsync(broken, "choice=yes")).Response.StatusCode);
        Assert.Contains("There is nothing to decide any more", (await scene.PostAsync(gone, "choice=yes")).Page, StringComparison.Ordinal);

        Assert.Equal((0, 0), (await scene.Api.CountAsync("counted"), await scene.Api.CountAsync("action_links WHERE used_at IS NOT NULL")));
        Assert.Equal(HttpStatusCode.OK, (await scene.OpenAsync(refused)).Response.StatusCode);
    }

    [Fact]
    public async Task Apps_can_neither_make_nor_see_nor_revoke_links_of_mails_own()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres, services => services.AddActionPurpose<Counting>());
        await scene.ExecuteAsync("CREATE TABLE counted (subject text NOT NULL, choice text NOT NULL)");
        await MakeAsync(scene, "one");
        string id = await scene.IdAsync();
        await scene.Client.GetAsync($"/action-links/{id}", HttpStatusCode.NotFound);
        await scene.Client.PostAsync($"/action-links/{id}/revoke", "", HttpStatusCode.NotFound);

        JsonElement made = await scene.MakeAsync("""{"purpose":"counting","subject":"evil","title":"Mine","choices":[{"key":"yes","label":"Yes"}]}""");
        await scene.PostAsync(LinkScene.PathOf(made), "choice=yes");

        Assert.Equal(("used", 0), (await scene.StateAsync(made), await scene.Api.CountAsync("counted")));
    }

    [Fact]
    public async Task All_links_of_a_subject_can_be_taken_back_before_another_is_made()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres, services => services.AddActionPurpose<Counting>());
        string first = await MakeAsync(scene, "one"), second = await MakeAsync(scene, "one"), other = await MakeAsync(scene, "two");

        Assert.Equal(2, await scene.Api.Services.GetRequiredService<ActionLinkStore>().RevokeAsync(default, "counting", "one", isOwn: true, isTest: false, null, CancellationToken.None));

        Assert.Equal([HttpStatusCode.Gone, HttpStatusCode.Gone, HttpStatusCode.OK], new[] { first, second, other }.Select(path => scene.OpenAsync(path).Result.Response.StatusCode));
    }

    private static async Task<string> MakeAsync(LinkScene scene, string subject)
    {
        Result<CreatedActionLink> made = await scene.Api.Services.GetRequiredService<ActionLinkStore>().CreateAsync(new NewActionLink(default, "counting", subject) { IsOwn = true }, null, CancellationToken.None);
        Assert.DoesNotContain(made.Value.Code, made.Value.ToString(), StringComparison.Ordinal);
        return new Uri(made.Value.Url).AbsolutePath;
    }

    private sealed class Counting : IActionPurpose
    {
        public string Name => "counting";

        public ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct) =>
            ValueTask.FromResult(link.Subject == "gone" ? null : new ActionWords($"Count {link.Subject} ({language})?", null, [new ActionChoice("yes", "Yes")]));

        public async Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct)
        {
            await using NpgsqlCommand command = new("INSERT INTO counted VALUES ($1, $2)", transaction.Connection);
            command.Parameters.AddWithValue(use.Link.Subject);
            command.Parameters.AddWithValue(use.Choice);
            await command.ExecuteNonQueryAsync(ct);
            return use.Link.Subject switch
            {
                "refused" => new ActionAnswer(false, "Not now"),
                "broken" => throw new InvalidOperationException("broken"),
                _ => new ActionAnswer(true, "Counted"),
            };
        }
    }
}
