using System.Net;
using System.Text.Json;
using Mail.Core.Projects;

namespace Mail.Tests.Api.Contacts;

/// <summary>What a person wants is said in one place, whoever asks.</summary>
public sealed class ContactPreferencesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_preference_is_an_unsubscription_and_an_unsubscription_is_a_preference()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement added = await client.PostAsync("/contacts", """{"email":"Ada@example.com","preferences":{"weekly-news":"opt_out","offers":"opt_in"}}""", HttpStatusCode.Created);
        Assert.Equal("""{"weekly-news":"opt_out"}""", Preferences(added)); // what is not named is wanted
        Assert.Equal("unsubscribe weekly-news", Entry(await client.GetAsync("/suppressions/ada@example.com", HttpStatusCode.OK)));
        await client.PostAsync("/emails", Mail("weekly-news"), HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/emails", Mail("offers"), HttpStatusCode.OK);

        await client.PostAsync("/suppressions", """{"email":"ada@example.com","reason":"unsubscribe","topic_id":"offers"}""", HttpStatusCode.Created); // as the link in a mail does
        await client.PostAsync("/suppressions", """{"email":"ada@example.com","reason":"manual","topic_id":"reports"}""", HttpStatusCode.Created); // nobody's preference
        Assert.Equal("""{"offers":"opt_out","weekly-news":"opt_out"}""", Preferences(await client.GetAsync("/contacts/ada@example.com", HttpStatusCode.OK)));

        JsonElement changed = await client.PatchAsync("/contacts/ada@example.com", """{"preferences":{"weekly-news":"opt_in","*":"opt_out"}}""", HttpStatusCode.OK);
        Assert.Equal("""{"*":"opt_out","offers":"opt_out"}""", Preferences(changed));
        await client.PostAsync("/emails", Mail("weekly-news"), HttpStatusCode.UnprocessableEntity); // all list mail is
        await client.PatchAsync("/contacts/ada@example.com", """{"preferences":{"*":"opt_in"}}""", HttpStatusCode.OK);
        await client.PostAsync("/emails", Mail("weekly-news"), HttpStatusCode.OK);
        Assert.DoesNotContain("preferences", (await client.GetAsync("/contacts", HttpStatusCode.OK)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_does_not_want_is_not_forgotten_with_a_contact()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/contacts", """{"email":"ada@example.com","preferences":{"news":"opt_out"}}""", HttpStatusCode.Created);

        using HttpResponseMessage put = await client.PutAsync(new Uri("/contacts/ada@example.com", UriKind.Relative), ApiFixture.Json("""{"locale":"de"}"""));
        Assert.Equal("""{"news":"opt_out"}""", Preferences(JsonDocument.Parse(await put.Content.ReadAsStringAsync()).RootElement));
        await client.DeleteAsync("/contacts/ada@example.com", HttpStatusCode.OK);
        JsonElement again = await client.PostAsync("/contacts", """{"email":"ada@example.com"}""", HttpStatusCode.Created);

        Assert.Equal("""{"news":"opt_out"}""", Preferences(again));
        await client.PostAsync("/privacy/erase", """{"email":"ada@example.com","keep_suppressed":true}""", HttpStatusCode.OK);
        Assert.Equal("""{"news":"opt_out"}""", Preferences(await client.PostAsync("/contacts", """{"email":"ada@example.com"}""", HttpStatusCode.Created))); // by its hash
        Assert.Equal("{}", Preferences(await client.PatchAsync("/contacts/ada@example.com", """{"preferences":{"news":"opt_in"}}""", HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("""{"news":"maybe"}""", "`preferences.news` must be `opt_in` or `opt_out`.")]
    [InlineData("""{"news":null}""", "`preferences.news` must be `opt_in` or `opt_out`.")]
    [InlineData("""{"a b":"opt_in"}""", "`preferences.a b` must be 1 to 128")]
    [InlineData("""{"":"opt_in"}""", "`preferences.` must be 1 to 128")]
    [InlineData("""{"\u0000":"opt_in"}""", "`preferences.\u0000` must be 1 to 128")]
    [InlineData("""["news"]""", "`preferences` has a value of the wrong type.")]
    public async Task Wrong_preference_is_refused_and_nothing_is_stored(string preferences, string message)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement refusal = await client.PostAsync("/contacts", $$"""{"email":"ada@example.com","preferences":{{preferences}} }""", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        await client.GetAsync("/contacts/ada@example.com", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_may_not_change_the_suppression_list_may_not_change_preferences()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/contacts", """{"email":"ada@example.com","preferences":{"news":"opt_out"}}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        string key = "mk_live_" + Guid.NewGuid().ToString("N");
        await using (Npgsql.NpgsqlCommand add = api.Database.CreateCommand($"INSERT INTO api_keys (project_id, id, name, key_hash, key_start, is_test, scopes, created_at) SELECT project_id, gen_random_uuid(), 't', '\\x{Convert.ToHexString(ApiKeyLookup.HashOf(key))}', 'mk_live_', false, ARRAY['contacts:read', 'contacts:write'], now() FROM contacts WHERE id = '{id}'"))
            await add.ExecuteNonQueryAsync();
        using HttpClient restricted = api.ClientWith(key);

        Assert.Equal("restricted_api_key", (await restricted.PatchAsync($"/contacts/{id}", """{"preferences":{"news":"opt_in"}}""", HttpStatusCode.Unauthorized)).GetProperty("name").GetString());
        Assert.Equal("""{"news":"opt_out"}""", Preferences(await restricted.PatchAsync($"/contacts/{id}", """{"name":"Ada"}""", HttpStatusCode.OK)));
    }

    private static string Mail(string topic) => $$"""{"from":"a@example.org","to":"ada@example.com","subject":"s","text":"t","topic_id":"{{topic}}"}""";

    private static string Entry(JsonElement entry) => $"{entry.GetProperty("reason").GetString()} {entry.GetProperty("topic_id").GetString()}";

    private static string Preferences(JsonElement contact) => contact.GetProperty("preferences").GetRawText();
}
