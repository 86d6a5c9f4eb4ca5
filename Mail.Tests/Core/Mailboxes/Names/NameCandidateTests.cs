using Mail.Core.Mailboxes.Names;

namespace Mail.Tests.Core.Mailboxes.Names;

/// <summary>BOX-5: what is proposed beside a name.</summary>
public sealed class NameCandidateTests
{
    [Theory]
    [InlineData("marie.dupont", "marie-dupont marie_dupont mariedupont m.dupont mdupont dupont.marie marie.d marie.dupont2")]
    [InlineData("contact", "contact2 contact3 contact4")]
    [InlineData("room2", "room2-2 room2-3 room2-4")]
    [InlineData("Zoë Müller", "zoe.muller zoe-muller zoe_muller zoemuller z.muller zmuller muller.zoe")]
    [InlineData("josé", "jose jose2 jose3")]
    [InlineData("billing", "team.billing team-billing team_billing teambilling t.billing")]
    public void Words_in_another_form_come_first_then_numbers(string wish, string expected) =>
        Assert.Equal(expected.Split(' '), NameSuggestions.Candidates(wish).Take(expected.Split(' ').Length));

    [Theory]
    [InlineData("日本語")]
    [InlineData("   ")]
    [InlineData("...")]
    public void Of_what_has_no_ascii_nothing_is_proposed(string wish) => Assert.Empty(NameSuggestions.Candidates(wish));

    [Theory]
    [InlineData("contact")]
    [InlineData("adm1n")]
    [InlineData("p0stmaster")]
    [InlineData("a.b.c-d")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("x")]
    public void Each_proposal_is_a_name_by_the_rules_and_another_than_the_wish(string wish)
    {
        for (int block = 0; block < 3; block++)
        {
            IReadOnlyList<string> names = NameSuggestions.Candidates(wish, block);

            Assert.True(names.Count >= 5);
            Assert.Equal(names.Count, names.Distinct().Count());
            Assert.All(names, name => Assert.Equal(name, MailboxUserName.Read("username", name).Value));
            Assert.DoesNotContain(wish, names);
        }
    }
}
