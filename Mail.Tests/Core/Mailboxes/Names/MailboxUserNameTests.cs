using Mail.Core.Common;
using Mail.Core.Mailboxes.Names;

namespace Mail.Tests.Core.Mailboxes.Names;

/// <summary>BOX-6: which names mailboxes may have.</summary>
public sealed class MailboxUserNameTests
{
    [Theory]
    [InlineData("contact", "contact")]
    [InlineData("Marie.Dupont", "marie.dupont")]
    [InlineData("  sales_2026-eu  ", "sales_2026-eu")]
    [InlineData("x", "x")]
    [InlineData("0800", "0800")]
    [InlineData("support", "support")]
    [InlineData("info", "info")]
    [InlineData("rootes", "rootes")]
    [InlineData("abused.persons", "abused.persons")]
    public void Letters_digits_and_separators_between_them_are_a_name_in_lower_case(string given, string name) => Assert.Equal(name, MailboxUserName.Read("username", given).Value);

    [Theory]
    [InlineData(null, "missing_required_field")]
    [InlineData("", "missing_required_field")]
    [InlineData("   ", "missing_required_field")]
    [InlineData(".a", "validation_error")]
    [InlineData("a-", "validation_error")]
    [InlineData("_", "validation_error")]
    [InlineData("a..b", "validation_error")]
    [InlineData("a-_b", "validation_error")]
    [InlineData("xn--a", "validation_error")]
    [InlineData("a b", "validation_error")]
    [InlineData("a@b", "validation_error")]
    [InlineData("a+b", "validation_error")]
    [InlineData("a'b", "validation_error")]
    [InlineData("\"a\"", "validation_error")]
    [InlineData("a\0b", "validation_error")]
    [InlineData("a\r\nBcc: b", "validation_error")]
    [InlineData("../etc", "validation_error")]
    public void What_is_no_name_is_refused_by_its_field(string? given, string code)
    {
        Failure failure = MailboxUserName.Read("username", given).Failure!;

        Assert.Equal((FailureKind.Invalid, code), (failure.Kind, failure.Code));
        Assert.Contains("`username`", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_name() => Assert.Contains("U+FFFD", MailboxUserName.Read("username", "a\ud800").Failure!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Sixty_four_characters_are_the_most()
    {
        Assert.True(MailboxUserName.Read("username", new string('a', 64)).IsSuccess);
        Assert.Contains("longer than 64", MailboxUserName.Read("username", new string('a', 65)).Failure!.Detail, StringComparison.Ordinal);
        Assert.Contains("longer than 64", MailboxUserName.Read("username", new string('é', 100_000)).Failure!.Detail, StringComparison.Ordinal);
    }

    /// <summary>The rule for other alphabets: refused, with the character's number, and never folded in silence.</summary>
    [Theory]
    [InlineData("pаypal", "U+0430")] // Cyrillic a
    [InlineData("аdmin", "U+0430")]
    [InlineData("αlpha", "U+03B1")]
    [InlineData("ｓales", "U+FF53")] // full width
    [InlineData("𝐬ales", "U+1D42C")] // mathematical
    [InlineData("josé", "U+00E9")]
    [InlineData("straße", "U+00DF")]
    [InlineData("İstanbul", "U+0130")]
    [InlineData("日本", "U+65E5")]
    [InlineData("😀", "U+1F600")]
    [InlineData("sa\u200bles", "U+200B")]
    [InlineData("sa\u202eles", "U+202E")]
    [InlineData("sa\u0301les", "U+0301")]
    [InlineData("a‐b", "U+2010")]
    public void Letters_of_other_alphabets_are_refused_by_their_number(string given, string which)
    {
        Failure failure = MailboxUserName.Read("username", given).Failure!;

        Assert.Contains(which, failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', failure.Detail);
        Assert.DoesNotContain('\u200b', failure.Detail);
    }

    [Theory]
    [InlineData("josé", "`jose`")]
    [InlineData("Zoë Müller", "`zoe.muller`")]
    [InlineData("straße", "`strasse`")]
    [InlineData("ｓales", "`sales`")]
    public void A_refusal_proposes_what_could_be_meant(string given, string proposal) => Assert.EndsWith($"Perhaps {proposal}?", MailboxUserName.Read("username", given).Failure!.Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("postmaster", "postmaster")]
    [InlineData("PostMaster", "postmaster")]
    [InlineData("p0stmaster", "postmaster")]
    [InlineData("post.master", "postmaster")]
    [InlineData("abuse", "abuse")]
    [InlineData("4bu5e", "abuse")]
    [InlineData("admin", "admin")]
    [InlineData("adm1n", "admin")]
    [InlineData("a-d-m-i-n", "admin")]
    [InlineData("adrnin", "admin")]
    [InlineData("aclmin", "admin")]
    [InlineData("admln", "admin")]
    [InlineData("admin2", "admin")]
    [InlineData("admin-01", "admin")]
    [InlineData("administrator", "administrator")]
    [InlineData("root", "root")]
    [InlineData("r00t", "root")]
    [InlineData("no-reply", "noreply")]
    [InlineData("no_rep1y", "noreply")]
    [InlineData("donotreply", "donotreply")]
    [InlineData("security", "security")]
    [InlineData("5ecurity", "security")]
    [InlineData("hostmaster", "hostmaster")]
    [InlineData("webmaster", "webmaster")]
    [InlineData("vvebmaster", "webmaster")]
    [InlineData("billing", "billing")]
    [InlineData("bi11ing", "billing")]
    [InlineData("mailer-daemon", "mailer-daemon")]
    [InlineData("ssladmin", "ssladmin")]
    [InlineData("autodiscover", "autodiscover")]
    public void Names_that_speak_for_the_domain_are_nobodys_as_they_look_too(string given, string reserved)
    {
        Failure failure = MailboxUserName.Read("username", given).Failure!;

        Assert.Equal("username_reserved", failure.Code);
        Assert.Contains($"`{reserved}`", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reserved_name_is_refused_as_itself() => Assert.All(ReservedNames.All, name => Assert.Equal("username_reserved", MailboxUserName.Read("username", name).Failure?.Code));
}
