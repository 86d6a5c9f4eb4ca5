using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Messages;

/// <summary>Whatever is sent, the answer is a message's id or a refusal that says what is wrong; never a fault of ours. Minutes long: `./test.sh --slow`.</summary>
[Trait("Category", "Fuzz")]
public sealed class RequestFuzzTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Requests = 20_000;

    private const string Seed = """
        {"from":"Acme <a@example.com>","to":["b@example.net","C <c@example.net>"],"cc":"d@example.net","bcc":[],"reply_to":"r@example.com","subject":"Hello žlu","html":"<b>hi</b>","text":"hi",
         "headers":{"X-A":"1"},"tags":[{"name":"k","value":"v"}],"attachments":[{"filename":"a.txt","content":"aGVsbG8="},{"filename":false,"content":{"type":"Buffer","data":[1,2]}}],
         "scheduled_at":"in 5 minutes","lane":"normal","delivery_guarantee":"at_least_once","template":{"id":"password-reset","variables":{"code":"1"},"locale":"fr"}}
        """;

    private static readonly string[] _pieces =
    [
        "null", "true", "-1", "1e999", "[]", "{}", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\r\\nBcc: x@example.org\"", "\"\\u202e@\\u202e\"", "[[[[]]]]", "\"@\"", "\"a@b@c\"", "\"<>\"", "\"=?utf-8?B?\"",
        ",", ":", "{", "}", "[", "]", "\"", "\\", "\u00e9", "9999999999999999999999",
    ];

    [Fact]
    public async Task No_request_is_answered_with_a_fault_of_ours()
    {
        Random random = new(20261120);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        Dictionary<HttpStatusCode, int> answers = [];
        for (int i = 0; i < Requests; i++)
        {
            string body = Mutate(random);
            using HttpResponseMessage response = await client.PostAsync(new Uri("/emails", UriKind.Relative), ApiFixture.Json(body));
            string answer = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} {answer}\nfor {body}");
            JsonElement json = JsonDocument.Parse(answer).RootElement;
            Assert.True(response.IsSuccessStatusCode ? json.TryGetProperty("id", out _) : json.GetProperty("message").GetString()!.Length > 5, answer);
            answers[response.StatusCode] = answers.GetValueOrDefault(response.StatusCode) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", answers.Select(pair => $"{(int)pair.Key}: {pair.Value}")));
        Assert.True(answers.Count >= 3, "The mutations reach only one kind of answer.");
    }

    /// <summary>Replaces values, cuts, repeats and inserts: near enough to a request to get past the first check, often far enough to break a later one.</summary>
    private static string Mutate(Random random)
    {
        using JsonDocument seed = JsonDocument.Parse(Seed);
        Dictionary<string, string> fields = seed.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText());
        fields.Remove(random.Next(2) == 0 ? "template" : "html");
        if (fields.ContainsKey("template")) fields.Remove("text");
        for (int changes = random.Next(3); changes > 0; changes--)
        {
            string name = fields.Keys.ElementAt(random.Next(fields.Count));
            string value = fields[name];
            fields[name] = random.Next(3) switch
            {
                0 => _pieces[random.Next(_pieces.Length)],
                1 => value.Insert(random.Next(value.Length + 1), _pieces[random.Next(_pieces.Length)]),
                _ => value.Length < 2 ? value : value.Remove(random.Next(value.Length), 1),
            };
        }

        return "{" + string.Join(",", fields.Select(field => $"{JsonSerializer.Serialize(field.Key)}:{field.Value}")) + "}";
    }
}
