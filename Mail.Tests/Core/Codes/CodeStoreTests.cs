using System.Globalization;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Codes;

/// <summary>The rules of codes (ESC-1), over a real database.</summary>
public sealed class CodeStoreTests(PostgresFixture postgres)
{
    private static readonly CodeSubject _ada = CodeSubject.Of(DeliveryDatabase.Project, "password-reset", "ada@example.com");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_has_six_digits_and_is_right_once_also_as_a_person_types_it()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode code = await scene.IssueAsync(_ada);

        Assert.Matches("^[0-9]{6}$", code.Code);
        Assert.Equal(scene.Clock.GetUtcNow() + TimeSpan.FromMinutes(15), code.ExpiresAt);
        Assert.Equal(new CodeCheck(CodeOutcome.Right, code.Id), await scene.Codes.VerifyAsync(CodeSubject.Of(DeliveryDatabase.Project, "password-reset", " ADA@Example.com"), $" {code.Code[..3]} {code.Code[3..]}\n", Ct));
        Assert.Equal(CodeOutcome.Used, (await scene.Codes.VerifyAsync(_ada, code.Code, Ct)).Outcome);
    }

    [Theory]
    [InlineData(6, false, "^[0-9]{6}$")]
    [InlineData(10, false, "^[0-9]{10}$")]
    [InlineData(8, true, "^[2-9A-HJKMNP-TV-Z]{8}$")]
    public async Task A_code_has_the_length_and_the_characters_that_are_asked_for(int length, bool letters, string form)
    {
        await using Scene scene = await Scene.StartAsync(postgres);

        IssuedCode code = await scene.IssueAsync(_ada, new CodeShape(length, letters));

        Assert.Matches(form, code.Code);
        Assert.True((await scene.Codes.VerifyAsync(_ada, code.Code.ToLowerInvariant(), Ct)).IsRight);
    }

    [Theory]
    [InlineData("password-change", "ada@example.com", false)]
    [InlineData("password-reset", "bob@example.com", false)]
    [InlineData("password-reset", "ada@example.com", true)]
    public async Task A_code_is_none_for_another_purpose_subject_or_the_sandbox(string purpose, string subject, bool isTest)
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode code = await scene.IssueAsync(_ada);

        Assert.Equal(CodeOutcome.None, (await scene.Codes.VerifyAsync(CodeSubject.Of(DeliveryDatabase.Project, purpose, subject, isTest), code.Code, Ct)).Outcome);
        Assert.Equal(CodeOutcome.None, (await scene.Codes.VerifyAsync(CodeSubject.Of(new ProjectId(Guid.NewGuid()), "password-reset", "ada@example.com"), code.Code, Ct)).Outcome);
        Assert.True((await scene.Codes.VerifyAsync(_ada, code.Code, Ct)).IsRight);
    }

    [Fact]
    public async Task A_code_that_is_over_is_over_to_the_second()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode code = await scene.IssueAsync(_ada, new CodeShape(Lifetime: TimeSpan.FromMinutes(1)));
        scene.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(CodeOutcome.Wrong, (await scene.Codes.VerifyAsync(_ada, Wrong(code), Ct)).Outcome);

        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(CodeOutcome.Expired, (await scene.Codes.VerifyAsync(_ada, code.Code, Ct)).Outcome);
    }

    [Fact]
    public async Task A_new_code_takes_the_place_of_the_old_one()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode first = await scene.IssueAsync(_ada), second = await scene.IssueAsync(_ada);

        Assert.Equal(first.Code == second.Code ? CodeOutcome.Right : CodeOutcome.Wrong, (await scene.Codes.VerifyAsync(_ada, first.Code, Ct)).Outcome);
        if (first.Code != second.Code) Assert.True((await scene.Codes.VerifyAsync(_ada, second.Code, Ct)).IsRight);
    }

    [Fact]
    public async Task Five_wrong_tries_end_a_code_and_each_says_how_many_are_left()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode code = await scene.IssueAsync(_ada);

        foreach (int left in (int[])[4, 3, 2, 1, 0]) Assert.Equal(new CodeCheck(CodeOutcome.Wrong, code.Id, left), await scene.Codes.VerifyAsync(_ada, Wrong(code), Ct));

        Assert.Equal(new CodeCheck(CodeOutcome.TooManyTries, code.Id), await scene.Codes.VerifyAsync(_ada, code.Code, Ct));
        Assert.True((await scene.Codes.VerifyAsync(_ada, (await scene.IssueAsync(_ada)).Code, Ct)).IsRight);
    }

    [Fact]
    public async Task Of_forty_wrong_tries_at_once_exactly_five_are_looked_at()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode code = await scene.IssueAsync(_ada);

        CodeCheck[] checks = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => scene.Codes.VerifyAsync(_ada, Wrong(code), Ct), Ct)));

        Assert.Equal(5, checks.Count(check => check.Outcome is CodeOutcome.Wrong));
        Assert.Equal(35, checks.Count(check => check.Outcome is CodeOutcome.TooManyTries));
        Assert.Equal([0, 1, 2, 3, 4], checks.Where(check => check.TriesLeft is not null).Select(check => check.TriesLeft!.Value).Order());
    }

    [Fact]
    public async Task Of_many_right_tries_at_once_one_is_right()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        for (int round = 0; round < 5; round++)
        {
            IssuedCode code = await scene.IssueAsync(_ada);

            CodeCheck[] checks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => scene.Codes.VerifyAsync(_ada, code.Code, Ct), Ct)));

            Assert.Single(checks, check => check.IsRight);
            Assert.DoesNotContain(checks, check => check.Outcome is CodeOutcome.Wrong or CodeOutcome.None);
        }
    }

    [Fact]
    public async Task Ten_wrong_tries_in_an_hour_are_all_whatever_number_of_codes_there_was()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        int looked = 0;
        for (int codes = 0; codes < 4; codes++)
        {
            if ((await scene.Codes.IssueAsync(_ada, null, Ct)).Issued is not { } code) break;
            for (int tries = 0; tries < 5; tries++)
                if ((await scene.Codes.VerifyAsync(_ada, Wrong(code), Ct)).Outcome is CodeOutcome.Wrong) looked++;
        }

        Assert.Equal(10, looked);
        CodeIssue refused = await scene.Codes.IssueAsync(_ada, null, Ct);
        Assert.Equal((null, scene.Start + TimeSpan.FromHours(1)), (refused.Issued, refused.RetryAt));
        Assert.Equal((CodeOutcome.TooManyTries, scene.Start + TimeSpan.FromHours(1)), await OutcomeAsync(scene, "000000"));

        scene.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await scene.Codes.VerifyAsync(_ada, (await scene.IssueAsync(_ada)).Code, Ct)).IsRight);
    }

    [Fact]
    public async Task The_budget_is_spent_within_a_code_too_and_right_tries_cost_nothing_of_it()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        for (int i = 0; i < 3; i++) Assert.True((await scene.Codes.VerifyAsync(_ada, (await scene.IssueAsync(_ada)).Code, Ct)).IsRight);
        for (int codes = 0; codes < 2; codes++)
        {
            IssuedCode wrong = await scene.IssueAsync(_ada);
            for (int tries = 0; tries < 4; tries++) Assert.Equal(CodeOutcome.Wrong, (await scene.Codes.VerifyAsync(_ada, Wrong(wrong), Ct)).Outcome);
        }

        scene.Clock.Advance(TimeSpan.FromMinutes(16)); // the codes' own budget
        IssuedCode last = await scene.IssueAsync(_ada);
        Assert.Equal(CodeOutcome.Wrong, (await scene.Codes.VerifyAsync(_ada, Wrong(last), Ct)).Outcome);
        Assert.Equal(CodeOutcome.Wrong, (await scene.Codes.VerifyAsync(_ada, Wrong(last), Ct)).Outcome);

        Assert.Equal(CodeOutcome.TooManyTries, (await scene.Codes.VerifyAsync(_ada, last.Code, Ct)).Outcome);
    }

    [Fact]
    public async Task Five_codes_in_a_quarter_of_an_hour_are_all_also_when_asked_for_at_once()
    {
        await using Scene scene = await Scene.StartAsync(postgres);

        CodeIssue[] issues = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => scene.Codes.IssueAsync(_ada, null, Ct), Ct)));

        Assert.Equal(5, issues.Count(issue => issue.Issued is not null));
        Assert.All(issues.Where(issue => issue.Issued is null), issue => Assert.Equal(scene.Start + TimeSpan.FromMinutes(15), issue.RetryAt));
        Assert.NotNull((await scene.Codes.IssueAsync(CodeSubject.Of(DeliveryDatabase.Project, "password-reset", "bob@example.com"), null, Ct)).Issued);
        scene.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.NotNull((await scene.Codes.IssueAsync(_ada, null, Ct)).Issued);
    }

    [Fact]
    public async Task A_refused_request_leaves_the_code_before_as_it_was()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode last = await scene.IssueAsync(_ada);
        for (int i = 0; i < 4; i++) last = await scene.IssueAsync(_ada);

        Assert.Null((await scene.Codes.IssueAsync(_ada, null, Ct)).Issued);

        Assert.True((await scene.Codes.VerifyAsync(_ada, last.Code, Ct)).IsRight);
    }

    [Fact]
    public async Task A_code_can_be_taken_back_by_its_subject_and_by_its_id()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode first = await scene.IssueAsync(_ada);
        Assert.True(await scene.Codes.RevokeAsync(_ada, null, Ct));
        Assert.False(await scene.Codes.RevokeAsync(_ada, null, Ct));
        Assert.Equal(CodeOutcome.Revoked, (await scene.Codes.VerifyAsync(_ada, first.Code, Ct)).Outcome);

        IssuedCode second = await scene.IssueAsync(_ada);
        Assert.Null(await scene.Codes.RevokeAsync(new ProjectId(Guid.NewGuid()), second.Id, isTest: false, Ct));
        Assert.Null(await scene.Codes.RevokeAsync(DeliveryDatabase.Project, second.Id, isTest: true, Ct));
        Assert.True(await scene.Codes.RevokeAsync(DeliveryDatabase.Project, second.Id, isTest: false, Ct));
        Assert.Equal(CodeOutcome.Revoked, (await scene.Codes.VerifyAsync(_ada, second.Code, Ct)).Outcome);
    }

    /// <summary>What a right code allows and its use are one; a wrong try that is taken back stays counted all the same.</summary>
    [Fact]
    public async Task In_a_transaction_that_is_rolled_back_the_code_stays_and_the_tries_stay_counted()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        IssuedCode code = await scene.IssueAsync(_ada);
        await using (NpgsqlConnection connection = await scene.Database.Source.OpenConnectionAsync(Ct))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Ct);
            Assert.True((await scene.Codes.VerifyAsync(_ada, code.Code, connection, Ct)).IsRight);
            await transaction.RollbackAsync(Ct);
        }

        Assert.Equal(3, (await scene.Codes.VerifyAsync(_ada, Wrong(code), Ct)).TriesLeft);
        Assert.True((await scene.Codes.VerifyAsync(_ada, code.Code, Ct)).IsRight);

        await using (NpgsqlConnection connection = await scene.Database.Source.OpenConnectionAsync(Ct))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Ct);
            code = (await scene.Codes.IssueAsync(_ada, null, connection, Ct)).Issued!;
            await transaction.RollbackAsync(Ct);
        }

        Assert.Equal(CodeOutcome.Used, (await scene.Codes.VerifyAsync(_ada, code.Code, Ct)).Outcome);
    }

    [Fact]
    public async Task Neither_the_code_nor_whose_it_is_stands_in_the_database_and_a_copied_hash_is_worth_nothing()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        CodeSubject bob = CodeSubject.Of(DeliveryDatabase.Project, "password-reset", "bob@example.com");
        IssuedCode code = await scene.IssueAsync(_ada, new CodeShape(10)), his = await scene.IssueAsync(bob);

        Assert.Empty(await Traces.FindAsync(scene.Database.Source, code.Code, "ada@example.com"));
        await scene.ExecuteAsync("UPDATE codes SET code_hash = (SELECT code_hash FROM codes WHERE id = $1) WHERE id = $2", code.Id, his.Id);
        Assert.Equal(CodeOutcome.Wrong, (await scene.Codes.VerifyAsync(bob, code.Code, Ct)).Outcome);
        Assert.DoesNotContain(code.Code, $"{code} {_ada}", StringComparison.Ordinal);
        Assert.DoesNotContain("ada", $"{code} {_ada}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_over_go_with_the_next_codes_and_budgets_that_still_count_stay()
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        for (int i = 0; i < 12; i++) await scene.IssueAsync(CodeSubject.Of(DeliveryDatabase.Project, "x", i.ToString(CultureInfo.InvariantCulture)));
        IssuedCode spent = await scene.IssueAsync(_ada, new CodeShape(Lifetime: TimeSpan.FromMinutes(1)));
        for (int i = 0; i < 5; i++) await scene.Codes.VerifyAsync(_ada, Wrong(spent), Ct);
        scene.Clock.Advance(TimeSpan.FromMinutes(20));

        await scene.IssueAsync(CodeSubject.Of(DeliveryDatabase.Project, "y", "a"));
        await scene.IssueAsync(CodeSubject.Of(DeliveryDatabase.Project, "y", "b"));

        Assert.Equal(3, await scene.Database.CountAsync("codes"));
        Assert.Equal(1, await scene.Database.CountAsync("codes WHERE wrong = 5"));
    }

    [Theory]
    [InlineData(5, 15)]
    [InlineData(11, 15)]
    [InlineData(6, 0)]
    [InlineData(6, 1441)]
    public async Task A_shape_that_cannot_be_had_is_an_error(int length, int minutes)
    {
        await using Scene scene = await Scene.StartAsync(postgres);
        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Codes.New(new CodeShape(length, Lifetime: TimeSpan.FromMinutes(minutes))));
    }

    /// <summary>Not the code, and as long.</summary>
    private static string Wrong(IssuedCode code) => string.Concat(code.Code.Select(c => c == '9' ? '0' : (char)(c + 1)));

    private static async Task<(CodeOutcome, DateTimeOffset?)> OutcomeAsync(Scene scene, string typed)
    {
        CodeCheck check = await scene.Codes.VerifyAsync(_ada, typed, Ct);
        return (check.Outcome, check.RetryAt);
    }

    private sealed class Scene : IAsyncDisposable
    {
        private Scene(DeliveryDatabase database)
        {
            Database = database;
            Start = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
            Clock = new ManualClock(Start);
            Codes = new CodeStore(database.Source, new InstallationKeys(database.Source, new EphemeralDataProtectionProvider(), Clock), Options.Create(new CodeOptions()), Clock);
        }

        public DeliveryDatabase Database { get; }

        public DateTimeOffset Start { get; }

        public ManualClock Clock { get; }

        public CodeStore Codes { get; }

        public static async Task<Scene> StartAsync(PostgresFixture postgres) => new(await DeliveryDatabase.CreateAsync(postgres));

        public async Task<IssuedCode> IssueAsync(CodeSubject subject, CodeShape? shape = null) => (await Codes.IssueAsync(subject, shape, Ct)).Issued!;

        public async Task ExecuteAsync(string sql, params Guid[] ids)
        {
#pragma warning disable CA2100 // a test's own text
            await using NpgsqlCommand command = Database.Source.CreateCommand(sql);
#pragma warning restore CA2100
            foreach (Guid id in ids) command.Parameters.AddTyped(id);
            await command.ExecuteNonQueryAsync(Ct);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
