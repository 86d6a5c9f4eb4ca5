using System.Net;
using System.Text.Json;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Templates.Experiments;

public sealed class ExperimentTests(ApiFixture one, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    private static readonly string[] _counts = ["messages", "recipients", "reached", "delivered", "bounced", "opened", "clicked", "converted", "unsubscribed", "complained"];

    private readonly ApiFixture _api = one;

    [Fact]
    public async Task The_same_person_gets_the_same_version_at_every_node_until_it_ends()
    {
        await using ApiFixture two = new(postgres);
        two.Settings["ConnectionStrings:maildb"] = _api.ConnectionString;
        string key = await _api.AddProjectAsync();
        using ExperimentScene here = new(_api, key), there = new(two, key);
        await PublishTwoAsync(here);
        string id = await here.StartedAsync();

        Dictionary<string, string> subjects = [];
        for (int i = 0; i < 24; i++)
        {
            string person = $"person{i}@example.com";
            subjects[person] = await here.SubjectAsync(await here.SendAsync(person));
            Assert.Equal(subjects[person], await there.SubjectAsync(await there.SendAsync(person.Replace("person", "Person", StringComparison.Ordinal)))); // an address in another spelling is the same
            int arm = ExperimentSplit.ArmOf(ExperimentSplit.PersonOf(Guid.Parse(id), person), [1, 1]);
            Assert.Equal(arm == 0 ? "v1" : "v2", subjects[person]);
        }

        Assert.Equal(["v1", "v2"], subjects.Values.Distinct().Order());
        await there.Client.PostAsync($"/templates/welcome/experiments/{id}/stop", "", HttpStatusCode.OK);
        Assert.Equal("v2", await here.SubjectAsync(await here.SendAsync(subjects.First(one => one.Value == "v1").Key)));
    }

    [Fact]
    public async Task A_message_says_which_version_was_chosen_and_lists_are_filtered_by_it()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        string before = await scene.SendAsync("early@example.com"), id = await scene.StartedAsync();
        List<string> sent = [];
        for (int i = 0; i < 12; i++) sent.Add(await scene.SendAsync($"person{i}@example.com"));

        Assert.Equal(JsonValueKind.Null, (await scene.EmailAsync(before)).GetProperty("experiment").ValueKind);
        JsonElement email = await scene.EmailAsync(sent[0]);
        string arm = email.GetProperty("experiment").GetProperty("arm").GetString()!;
        Assert.Equal((id, arm == "a" ? "v1" : "v2"), (email.GetProperty("experiment").GetProperty("id").GetString(), email.GetProperty("template").GetProperty("version").GetString()));
        JsonElement all = await scene.Client.GetAsync($"/emails?experiment_id={id}&limit=100", HttpStatusCode.OK), ofArm = await scene.Client.GetAsync($"/emails?experiment_id={id}&arm={arm}", HttpStatusCode.OK);
        Assert.Equal(12, all.GetProperty("data").GetArrayLength());
        Assert.Contains(sent[0], ofArm.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.InRange(ofArm.GetProperty("data").GetArrayLength(), 1, 11);
        await scene.Client.GetAsync("/emails?experiment_id=x", HttpStatusCode.UnprocessableEntity);
        await scene.Client.GetAsync("/emails?arm=a", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_message_to_several_goes_by_the_first_and_a_batch_by_each()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        string id = await scene.StartedAsync();
        string other = Enumerable.Range(0, 100).Select(i => $"p{i}@example.com").First(to => Arm(id, to) != Arm(id, "first@example.com"));

        string several = (await scene.Client.PostAsync("/emails", $$"""{"from":"shop@example.com","to":["First@Example.com","{{other}}"],"cc":"c@example.com","template":{"id":"welcome","variables":{"name":"A"} } }""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        JsonElement batch = await scene.Client.PostAsync("/emails/batch", $"[{ExperimentScene.Mail("first@example.com")},{ExperimentScene.Mail(other)}]", HttpStatusCode.OK);

        Assert.Equal(Arm(id, "first@example.com"), (await scene.EmailAsync(several)).GetProperty("experiment").GetProperty("arm").GetString());
        List<string?> arms = [];
        foreach (JsonElement sent in batch.GetProperty("data").EnumerateArray()) arms.Add((await scene.EmailAsync(sent.GetProperty("id").GetString()!)).GetProperty("experiment").GetProperty("arm").GetString());
        Assert.Equal([Arm(id, "first@example.com"), Arm(id, other)], arms);
    }

    [Fact]
    public async Task Replays_and_suppressed_recipients_are_counted_once_and_test_mail_is_not()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        string id = await scene.StartedAsync();
        await scene.Client.PostAsync("/suppressions", """{"email":"gone@example.com"}""", HttpStatusCode.Created);
        for (int i = 0; i < 2; i++) await scene.Client.PostAsync("/emails", ExperimentScene.Mail("ada@example.com"), HttpStatusCode.OK, ("Idempotency-Key", "once"));
        await scene.Client.PostAsync("/emails", ExperimentScene.Mail("bob@example.com").Replace("\"bob@example.com\"", "[\"bob@example.com\",\"gone@example.com\"]", StringComparison.Ordinal), HttpStatusCode.OK); // both inserts in one statement
        await scene.Client.PostAsync("/emails", ExperimentScene.Mail("gone@example.com"), HttpStatusCode.UnprocessableEntity);

        Assert.Equal(2, await _api.CountAsync($"experiment_messages WHERE experiment_id = '{id}'"));

        string testKey = "mk_test_" + Guid.NewGuid().ToString("N");
        await scene.ExecuteAsync($"INSERT INTO api_keys (project_id, id, name, key_hash, key_start, is_test, scopes, created_at) SELECT project_id, gen_random_uuid(), 't', '\\x{Convert.ToHexString(ApiKeyLookup.HashOf(testKey))}', 'mk_test_', true, ARRAY['emails:send'], now() FROM experiments WHERE id = '{id}'");
        using HttpClient tester = _api.ClientWith(testKey);
        string test = (await tester.PostAsync("/emails", ExperimentScene.Mail("carl@example.com"), HttpStatusCode.OK)).GetProperty("id").GetString()!;
        Assert.Equal(Arm(id, "carl@example.com") == "a" ? "v1" : "v2", await scene.SubjectAsync(test)); // what carl would get
        Assert.Equal(2, await _api.CountAsync($"experiment_messages WHERE experiment_id = '{id}'"));
    }

    [Fact]
    public async Task No_call_fails_for_a_part_of_the_people_only()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        await scene.Client.PatchAsync("/templates/welcome", """{"variables":{"name":{"type":"string","required":true},"offer":{"type":"number"}}}""", HttpStatusCode.OK);
        await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK);
        await scene.Client.PostAsync("/templates/welcome/rollback", """{"version":1}""", HttpStatusCode.OK);
        await scene.StartedAsync("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":3}]}""");

        for (int i = 0; i < 8; i++)
        {
            await scene.Client.PostAsync("/emails", ExperimentScene.Mail($"p{i}@example.com", """{"name":"A"}"""), HttpStatusCode.OK);
            JsonElement missing = await scene.Client.PostAsync("/emails", ExperimentScene.Mail($"p{i}@example.com", "{}"), HttpStatusCode.UnprocessableEntity);
            Assert.Contains("`template.variables.name`", missing.GetProperty("message").GetString(), StringComparison.Ordinal);
            await scene.Client.PostAsync("/emails", ExperimentScene.Mail($"p{i}@example.com", """{"name":"A","offer":"ten"}"""), HttpStatusCode.UnprocessableEntity); // only one arm would look at it
        }
    }

    [Theory]
    [InlineData("""{"variables":{"name":{"type":"string","required":true},"code":{"type":"string","required":true}},"html":"<p>{{name}} {{code}}</p>"}""", "requires the variable `code`, which what is published does not have")]
    [InlineData("""{"variables":{"name":{"type":"number","required":true}}}""", "has another type for the variable `name`")]
    [InlineData("""{"lane":"critical"}""", "is of the lane `critical`")]
    [InlineData("""{"tracking":false}""", "differs from what is published in `tracking`")]
    [InlineData("""{"unsubscribe":true}""", "differs from what is published in `unsubscribe`")]
    public async Task Versions_that_cannot_stand_in_for_each_other_are_refused(string change, string message)
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        await scene.Client.PatchAsync("/templates/welcome", change, HttpStatusCode.OK);
        await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK);
        await scene.Client.PostAsync("/templates/welcome/rollback", """{"version":2}""", HttpStatusCode.OK);

        JsonElement refusal = await scene.Client.PostAsync("/templates/welcome/experiments", """{"name":"x","arms":[{"name":"a","version":2},{"name":"b","version":3}]}""", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith($"`arms.1.version` {message}", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_stays_as_it_is_while_an_experiment_runs()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        string draft = await scene.CreateAsync(), id = await scene.StartedAsync();
        await scene.Client.PatchAsync("/templates/welcome", """{"subject":"v3"}""", HttpStatusCode.OK); // a draft may be written

        foreach (JsonElement refusal in new[]
        {
            await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.Conflict),
            await scene.Client.PostAsync("/templates/welcome/rollback", """{"version":1}""", HttpStatusCode.Conflict),
            await scene.Client.DeleteAsync("/templates/welcome", HttpStatusCode.Conflict),
            await scene.Client.PostAsync($"/templates/welcome/experiments/{draft}/start", "", HttpStatusCode.Conflict),
            await scene.Client.DeleteAsync($"/templates/welcome/experiments/{id}", HttpStatusCode.Conflict),
        }) Assert.Equal("experiment_running", refusal.GetProperty("name").GetString());

        JsonElement files = (await scene.Client.GetAsync("/templates/export", HttpStatusCode.OK)).GetProperty("files");
        JsonElement plan = await scene.Client.PostAsync("/templates/plan", $$"""{"files":{{files}} }""", HttpStatusCode.OK);
        Assert.Contains("experiment-running", plan.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage applied = await scene.Client.PostAsync(new Uri("/templates/apply", UriKind.Relative), ApiFixture.Json($$"""{"files":{{files}},"state":"{{plan.GetProperty("state").GetString()}}"}"""));
        Assert.False(applied.IsSuccessStatusCode);
        Assert.Equal(2, (await scene.Client.GetAsync("/templates/welcome", HttpStatusCode.OK)).GetProperty("published_version").GetInt32());

        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/stop", "", HttpStatusCode.OK);
        Assert.Equal(3, (await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_winner_chosen_by_hand_is_published_and_the_results_of_then_stay()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        string id = await scene.StartedAsync();
        await scene.FillAsync(id, ("a", 200, 40), ("b", 200, 80));

        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/conclude", "{}", HttpStatusCode.UnprocessableEntity);
        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/conclude", """{"arm":"c"}""", HttpStatusCode.UnprocessableEntity);
        JsonElement concluded = await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/conclude", """{"arm":"a"}""", HttpStatusCode.OK); // whatever the results say

        Assert.Equal(("concluded", "a", "hand"), (concluded.GetProperty("status").GetString(), concluded.GetProperty("winner").GetString(), concluded.GetProperty("ended_by").GetString()));
        Assert.Equal("v1", await scene.SubjectAsync(await scene.SendAsync("x@example.com")));
        Assert.Equal(1, (await scene.Client.GetAsync("/templates/welcome", HttpStatusCode.OK)).GetProperty("published_version").GetInt32());
        JsonElement[] log = [.. (await scene.Client.GetAsync("/audit-log?action=experiment", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
        Assert.Equal(["experiment.conclude", "experiment.start", "experiment.create"], log.Select(line => line.GetProperty("action").GetString()));
        Assert.Equal((2, 1), (log[0].GetProperty("before").GetProperty("published_version").GetInt32(), log[0].GetProperty("after").GetProperty("published_version").GetInt32()));
        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/conclude", """{"arm":"a"}""", HttpStatusCode.OK); // said twice
        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/conclude", """{"arm":"b"}""", HttpStatusCode.Conflict);
        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/start", "", HttpStatusCode.Conflict);

        await scene.ExecuteAsync($"DELETE FROM experiment_messages WHERE experiment_id = '{id}'"); // as retention does
        JsonElement kept = await scene.ExperimentAsync(id);
        Assert.Equal((0, 80), (Opened(kept.GetProperty("results")), Opened(kept.GetProperty("results_at_end"))));
        await scene.Client.DeleteAsync($"/templates/welcome/experiments/{id}", HttpStatusCode.OK);
        await scene.Client.GetAsync($"/templates/welcome/experiments/{id}", HttpStatusCode.NotFound);

        static int Opened(JsonElement results) => results.GetProperty("arms")[1].GetProperty("metrics").GetProperty("opened").GetProperty("count").GetInt32();
    }

    [Fact]
    public async Task Results_count_people_and_leave_out_machines()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);
        string id = await scene.StartedAsync();
        string[] people = [.. Enumerable.Range(0, 200).Select(i => $"p{i}@example.com").Where(to => Arm(id, to) == "a").Take(5)];
        string[] mails = [.. await Task.WhenAll(people.Select(scene.SendAsync))];
        string second = await scene.SendAsync(people[0]); // two mails, one person
        await scene.FinishAsync(mails[0], "delivered");
        await scene.FinishAsync(second);
        await scene.FinishAsync(mails[1]);
        await scene.FinishAsync(mails[2], "bounced");
        await scene.FinishAsync(mails[3], "complained"); // mails[4] still waits
        foreach (string mail in (string[])[mails[0], second]) await scene.HitAsync(mail, "email.opened", """{"machine":false}""");
        await scene.HitAsync(mails[1], "email.opened", """{"machine":true}""");
        await scene.HitAsync(mails[1], "email.clicked", """{"machine":true,"click":{"link":"https://x.example","conversion":"signup"}}""");
        await scene.HitAsync(mails[3], "email.clicked", """{"machine":false,"click":{"link":"https://x.example","conversion":"signup"}}""");
        await scene.HitAsync(mails[3], "suppression.added", """{"reason":"unsubscribe"}""");
        await scene.Client.PostAsync("/conversions", $$"""{"email_id":"{{second}}","name":"order","value":12.5,"currency":"EUR"}""", HttpStatusCode.Created);

        JsonElement arm = await scene.ArmAsync(id, "a"), counts = arm.GetProperty("counts");

        Assert.Equal("6 5 3 2 1 1 1 2 1 1", string.Join(' ', _counts.Select(name => counts.GetProperty(name).GetInt32())));
        Assert.Equal((3, 4), (arm.GetProperty("metrics").GetProperty("reached").GetProperty("count").GetInt32(), arm.GetProperty("metrics").GetProperty("reached").GetProperty("of").GetInt32()));
        Assert.Equal((12.5m, "EUR"), (arm.GetProperty("values")[0].GetProperty("total").GetDecimal(), arm.GetProperty("values")[0].GetProperty("currency").GetString()));
        Assert.Equal("not_enough_data", (await scene.ArmAsync(id, "b")).GetProperty("metrics").GetProperty("opened").GetProperty("comparison").GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("{}", "Missing `arms` field.")]
    [InlineData("""{"arms":[{"name":"a","version":1},{"name":"b","version":2}]}""", "Missing `name` field.")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1}]}""", "`arms` must be 2 to 8")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},null]}""", "`arms.1` must be an object")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"version":2}]}""", "Missing `arms.1.name` field.")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b"}]}""", "Missing `arms.1.version` field.")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"a","version":2}]}""", "`arms.1.name` is that of another arm")]
    [InlineData("""{"name":"x","arms":[{"name":"A b","version":1},{"name":"b","version":2}]}""", "`arms.0.name` must be 1 to 32")]
    [InlineData("""{"name":"x","arms":[{"name":"\u0000","version":1},{"name":"b","version":2}]}""", "`arms.0.name` must be 1 to 32")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":9}]}""", "`arms.1.version` is none of this template's; it has 1 to 2.")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1,"weight":0},{"name":"b","version":2}]}""", "`arms.0.weight` must be a number")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1,"weight":"half"},{"name":"b","version":2}]}""", "`arms.0.weight` has a value of the wrong type.")]
    [InlineData("""{"name":"a\nb","arms":[{"name":"a","version":1},{"name":"b","version":2}]}""", "`name` must be one line")]
    [InlineData("""{"name":"\u0000","arms":[{"name":"a","version":1},{"name":"b","version":2}]}""", "`name` must be one line")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{}}""", "Missing `rule.metric` field.")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{"metric":"revenue"}}""", "`rule.metric` must be one of opened, clicked, converted.")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{"metric":"opened","minimum_recipients":99}}""", "`rule.minimum_recipients` must be a number from 100")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{"metric":"opened","after_hours":0}}""", "`rule.after_hours` must be")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{"metric":"opened","confidence":1}}""", "`rule.confidence` must be")]
    [InlineData("""{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{"metric":"opened","otherwise":"guess"}}""", "`rule.otherwise` must be")]
    public async Task Wrong_experiment_is_refused_and_not_stored(string body, string message)
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);

        JsonElement refusal = await scene.Client.PostAsync("/templates/welcome/experiments", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await scene.Client.GetAsync("/templates/welcome/experiments", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_name_of_half_a_character_and_a_body_that_is_too_long_are_refused()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api);

        using HttpResponseMessage half = await scene.Client.PostAsync(new Uri("/templates/welcome/experiments", UriKind.Relative), ApiFixture.Json("""{"name":"\ud800","arms":[{"name":"a","version":1},{"name":"b","version":2}]}"""));
        using HttpResponseMessage large = await scene.Client.PostAsync(new Uri("/templates/welcome/experiments", UriKind.Relative), ApiFixture.Json($$"""{"name":"{{new string('x', 20_000)}}"}"""));

        Assert.True(half.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, await half.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Another_project_s_experiment_is_not_found()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(_api), other = await ExperimentScene.StartAsync(_api);
        string id = await scene.StartedAsync();

        foreach (string template in (string[])["welcome", (await scene.Client.GetAsync("/templates/welcome", HttpStatusCode.OK)).GetProperty("id").GetString()!, "password-reset"])
        {
            await other.Client.GetAsync($"/templates/{template}/experiments/{id}", HttpStatusCode.NotFound);
            foreach (string action in (string[])["start", "stop", "conclude"]) await other.Client.PostAsync($"/templates/{template}/experiments/{id}/{action}", """{"arm":"a"}""", HttpStatusCode.NotFound);
            await other.Client.DeleteAsync($"/templates/{template}/experiments/{id}", HttpStatusCode.NotFound);
        }

        await other.Client.GetAsync("/templates/none/experiments", HttpStatusCode.NotFound);
        await scene.Client.GetAsync("/templates/welcome/experiments/not-an-id", HttpStatusCode.NotFound);
        Assert.Equal("running", (await scene.ExperimentAsync(id)).GetProperty("status").GetString());
        Assert.Empty((await other.Client.GetAsync($"/emails?experiment_id={id}", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    private static string Arm(string experiment, string to) => ExperimentSplit.ArmOf(ExperimentSplit.PersonOf(Guid.Parse(experiment), to), [1, 1]) == 0 ? "a" : "b";

    private static async Task PublishTwoAsync(ExperimentScene scene)
    {
        await scene.Client.PostAsync("/templates", """{"key":"welcome","subject":"v1","html":"<p>Hello {{name}}</p>","variables":{"name":{"type":"string","required":true}}}""", HttpStatusCode.Created);
        await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK);
        await scene.Client.PatchAsync("/templates/welcome", """{"subject":"v2"}""", HttpStatusCode.OK);
        await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK);
    }
}
