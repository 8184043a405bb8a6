import { RefusalBudget } from './refusal-budget.js';

describe('The budget for refused requests', () => {
  const taken = (budget: RefusalBudget, wanted: number) =>
    Array.from({ length: wanted }, () => budget.take()).filter(Boolean).length;

  it('has room for a thousand at once and for one a second after that', () => {
    let now = 0;
    const budget = new RefusalBudget(() => now);
    expect(taken(budget, 5000)).toBe(1000);
    now = 10_000;
    expect(taken(budget, 5000)).toBe(10);
    now = 86_400_000;
    expect(taken(budget, 5000)).toBe(1000);
  });
});
